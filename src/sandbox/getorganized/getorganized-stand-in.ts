import type { Answer } from '../records/answer';
import type { Fault } from '../records/faults';
import { sizeOf } from '../records/held-bytes';
import type { HeldCase, HeldDocument, HeldNote } from '../records/holdings';
import { NtlmGate } from '../records/ntlm-gate';
import { RecordsStandIn, type StandInCall, type StandInRoute } from '../records/records-stand-in';
import { caseIdOf, caseMetadata, contactOf, documentMetadata, listedRow, numberOf } from './wire-format';

const ACCOUNT = { username: 'svc-aktindsigt', password: 'laes-i-go', domain: 'SOLBY' };
const VIEWS = { 'IkkeJournaliseret.aspx': '{11}', 'Journaliseret.aspx': '{22}' };
const ROWS = 3;
const TOO_LARGE = 10 * 1024 * 1024;
const CASE = '([A-Z]{3}-\\d{4}-\\d{6}(?:-\\d{3})?)';

/**
 * Speaks as GetOrganized and the SharePoint below it do: NTLM, search of cases by properties, metadata as a row of
 * attributes, two views with pages of three rows, pointers (`.goref`), and for large files a web page with status 200.
 * Notes are documents here. A contract stand-in, written from published clients.
 */
export class GetOrganizedStandIn extends RecordsStandIn {
  private readonly gate = new NtlmGate(ACCOUNT);
  private isLockedOut = false;
  /** False for a view that does not show how large a file is. */
  isSizeShown = true;

  protected readonly routes: StandInRoute[] = [
    {
      method: 'POST',
      path: /^\/_goapi\/Cases\/FindCases$/,
      route: 'states',
      answer: () => ({ json: { CasesInfo: [] } }),
    },
    {
      method: 'POST',
      path: /^\/_goapi\/Cases\/FindByCaseProperties$/,
      route: 'search',
      answer: (call) => this.find(call),
    },
    {
      method: 'GET',
      path: path(`/_goapi/Cases/Metadata/${CASE}`),
      route: 'case',
      answer: (call) => this.metadata(call),
    },
    {
      method: 'GET',
      path: path(`/cases/EMN1/${CASE}/_goapi/Administration/GetLeftMenuCounter/\\d+`),
      route: 'parts',
      answer: () => ({ json: Object.entries(VIEWS).map(([ViewName, ViewId]) => ({ ViewName, ViewId })) }),
    },
    {
      method: 'POST',
      path: path(`/cases/EMN1/${CASE}/_api/web/GetList\\(@listUrl\\)/RenderListDataAsStream`),
      route: 'documents',
      answer: (call) => this.page(call),
    },
    {
      method: 'GET',
      path: /^\/_goapi\/Documents\/Parents\/(\d+)$/,
      route: 'parts',
      answer: ({ params }) => ({ json: { ParentsData: this.parents(params[0]) } }),
    },
    {
      method: 'GET',
      path: /^\/_goapi\/Documents\/MetadataWithSystemFields\/(\d+)$/,
      route: 'parts',
      answer: ({ params }) => this.documentMetadata(params[0]),
    },
    {
      method: 'GET',
      path: /^\/_goapi\/Documents\/DocumentBytes\/(\d+)$/,
      route: 'file',
      answer: (call) => this.bytes(call),
    },
    { method: 'GET', path: /^\/blob\/(\d+)$/, route: 'file', answer: (call) => this.blob(call) },
  ];

  readerSettings(): Record<string, unknown> {
    return { baseUrl: this.address, ...ACCOUNT, partyFields: ['ows_Parter'] };
  }

  expireTokens(): void {
    this.gate.expire();
  }

  /** There is no place that gives tokens: a fault there locks the account out. */
  override fault(fault: Fault): void {
    if (fault.route === 'token') this.isLockedOut = true;
    else super.fault(fault);
  }

  /** How many times somebody logged in. */
  get logins(): number {
    return this.gate.logins;
  }

  protected refusal(call: StandInCall): Answer | undefined {
    const locked: Answer = { status: 401, headers: { 'www-authenticate': 'NTLM' }, json: {} };
    return this.isLockedOut ? locked : this.gate.refusal(call);
  }

  private find({ body, list }: StandInCall): Answer {
    const { FieldProperties, CaseTypePrefixes, ReturnCasesNumber } = JSON.parse(body.toString()) as Find;
    const [{ InternalName, Value }] = FieldProperties;
    const found = this.cases.filter((held) => CaseTypePrefixes.includes('EMN') && holds(held, InternalName, Value));
    const cut = ReturnCasesNumber === undefined ? found : found.slice(0, Number(ReturnCasesNumber));
    return { json: { CasesInfo: list(cut.map((held) => ({ CaseID: caseIdOf(held) }))) } };
  }

  private metadata({ params }: StandInCall): Answer {
    const held = this.caseOf(numberOf(params[0]));
    if (held?.forbidden) return FORBIDDEN;
    return held ? { json: caseMetadata(held) } : NOT_FOUND;
  }

  private page({ params, query, list }: StandInCall): Answer {
    const held = this.caseOf(numberOf(params[0]));
    const isJournalised = query.get('View') === VIEWS['Journaliseret.aspx'];
    const documents = held && isAtLibrary(held, query) ? libraryOf(held) : [];
    // Every third document is shown in both views, as happens while it is journalised.
    const shown = documents.filter((_, index) => index % 3 === 2 || (index % 2 === 0) === isJournalised);
    const from = Number(query.get('p_From') ?? 0);
    const next = from + ROWS < shown.length ? { NextHref: `?View=${query.get('View')}&p_From=${from + ROWS}` } : {};
    return {
      json: { Row: list(shown.slice(from, from + ROWS).map((held) => listedRow(held, this.isSizeShown))), ...next },
    };
  }

  private parents(id: string): object[] {
    const parent = this.documentOf(id)?.parentId;
    return parent === undefined ? [] : [{ DocumentId: parent }];
  }

  private documentMetadata(id: string): Answer {
    const held = this.inLibrary(id);
    // The public host, which does not accept Windows accounts.
    return held ? { json: documentMetadata(held, `https://go.solby.example/blob/${id}`) } : NOT_FOUND;
  }

  private bytes({ params }: StandInCall): Answer {
    const held = this.inLibrary(params[0]);
    if (held?.forbidden) return FORBIDDEN;
    if (held && sizeOf(held.files[0]) > TOO_LARGE) return { text: ERROR_PAGE, type: 'text/html' };
    return held ? { file: held.files[0] } : NOT_FOUND;
  }

  private blob({ params }: StandInCall): Answer {
    const held = this.inLibrary(params[0]);
    return held ? { file: held.files[0] } : NOT_FOUND;
  }

  private inLibrary(id: string): HeldDocument | undefined {
    return this.cases.flatMap(libraryOf).find((held) => String(held.id) === id);
  }
}

interface Find {
  FieldProperties: { InternalName: string; Value: string }[];
  CaseTypePrefixes: string[];
  ReturnCasesNumber?: string;
}

const ERROR_PAGE = '<!DOCTYPE html><html><body><h2>HTTP Error 503. The service is unavailable.</h2></body></html>';
const NOT_FOUND: Answer = { status: 404, json: { Message: 'not found' } };
const FORBIDDEN: Answer = { status: 403, json: { Message: 'no rights' } };

function path(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`);
}

function holds(held: HeldCase, field: string, value: string): boolean {
  if (field === 'ows_CCMParentCase') return held.parentId !== undefined && caseIdOf({ id: held.parentId }) === value;
  const isContact = field === 'ows_CCMContactData';
  return held.parties.some((party) => Boolean(party.primary) === isContact && contactOf(party).includes(value));
}

/** A sub-case has no library of its own: its documents lie in a folder of its case's, and are filtered by its number. */
function isAtLibrary(held: HeldCase, query: URLSearchParams): boolean {
  const id = caseIdOf(held.parentId === undefined ? held : { id: held.parentId });
  if (query.get('@listUrl') !== `'/cases/EMN1/${id}/Dokumenter'`) return false;
  if (held.parentId === undefined || query.has('p_From')) return true;
  const folder = String(held.id).padStart(3, '0');
  return query.get('FilterValue1') === folder && query.get('RootFolder') === `/cases/EMN1/${id}/Dokumenter/${folder}`;
}

/** What lies in the case's library: documents, pointers, and notes as pages. */
function libraryOf(held: HeldCase): HeldDocument[] {
  return [...held.documents.map(asPointer), ...held.notes.map(noteDocument)];
}

function asPointer(held: HeldDocument): HeldDocument {
  if (held.pointsTo === undefined) return held;
  const content = Buffer.from(`[InternetShortcut]\nURL=https://go.solby.example/goto?docid=${held.pointsTo}\n`);
  return { ...held, files: [{ id: held.id, name: `${held.name}.goref`, content }] };
}

function noteDocument(note: HeldNote): HeldDocument {
  const content = Buffer.from(`<!DOCTYPE html><html lang="da"><meta charset="utf-8">${note.html}</html>`);
  const files = [{ id: note.id, name: `${note.title}.html`, content }];
  return { id: note.id, name: note.title, number: '', date: note.date, direction: 'intern', type: 'Dokument', files };
}
