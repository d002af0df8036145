import type { Answer } from '../records/answer';
import { RecordsStandIn, type StandInCall, type StandInRoute } from '../records/records-stand-in';
import { Accounts, CLIENT, JOURNAL, READER } from './accounts';
import { JournalBook, type HeldJournalEntry, type JournalAnswer } from './journal-book';
import { caseOnWire, documentOnWire, noteOnWire, partyOnWire } from './wire-format';

export const TOKEN_PATH = '/auth/realms/sbsip/protocol/openid-connect/token';

/**
 * Speaks as an SBSYS web API does, on loopback: password grant, paged search of cases by `PrimaerPerson` and by `Part`
 * (any party), parties, documents, files, journal notes, and write routes for the journal account.
 */
export class SbsysStandIn extends RecordsStandIn {
  private readonly accounts = new Accounts();
  private readonly journal = new JournalBook();

  protected readonly routes: StandInRoute[] = [
    {
      method: 'POST',
      path: new RegExp(`^${TOKEN_PATH}$`),
      route: 'token',
      open: true,
      answer: (call) => this.grant(call),
    },
    { method: 'GET', path: /^\/api\/sag\/sagStatusList$/, route: 'states', answer: () => ({ json: STATES }) },
    { method: 'POST', path: /^\/api\/sag\/search$/, route: 'search', answer: (call) => this.search(call) },
    { method: 'GET', path: /^\/api\/sag\/(\d+)$/, route: 'case', answer: (call) => this.readCase(call) },
    { method: 'GET', path: /^\/api\/sag\/(\d+)\/part$/, route: 'parts', answer: (call) => this.parts(call) },
    {
      method: 'GET',
      path: /^\/api\/sag\/(\d+)\/dokumenter$/,
      route: 'documents',
      answer: (call) => this.documents(call),
    },
    { method: 'GET', path: /^\/api\/sag\/(\d+)\/journalarknotes$/, route: 'notes', answer: (call) => this.notes(call) },
    { method: 'GET', path: /^\/api\/fil\/(\d+)$/, route: 'file', answer: (call) => this.file(call) },
    { method: 'POST', path: /^\/api\/journalisering\/search$/, route: 'journal', answer: (call) => this.look(call) },
    {
      method: 'POST',
      path: /^\/api\/journalisering$/,
      route: 'journal',
      writes: true,
      answer: ({ body }) => onWire(this.journal.create(JSON.parse(body.toString()) as object)),
    },
    {
      method: 'PUT',
      path: /^\/api\/journalisering\/(\d+)\/fil\/(\d+)$/,
      route: 'journal',
      writes: true,
      answer: ({ params, body }) => onWire(this.journal.receive(Number(params[0]), Number(params[1]), body)),
    },
    {
      method: 'POST',
      path: /^\/api\/journalisering\/(\d+)\/faerdig$/,
      route: 'journal',
      writes: true,
      answer: ({ params }) => onWire(this.journal.finish(Number(params[0]))),
    },
  ];

  readerSettings(): Record<string, unknown> {
    return { ...this.connection(), ...READER, partySearchField: 'Part' };
  }

  /** Settings for the journal's own account. */
  journalSettings(): Record<string, unknown> {
    return { ...this.connection(), ...JOURNAL };
  }

  expireTokens(): void {
    this.accounts.expire();
  }

  journalEntries(): readonly HeldJournalEntry[] {
    return this.journal.entries;
  }

  protected refusal({ authorization, path }: StandInCall): Answer | undefined {
    const account = this.accounts.holder(authorization);
    if (!account) return { status: 401, json: { Message: 'no valid token' } };
    const wanted = path.startsWith('/api/journalisering') ? 'journal' : 'reader';
    return account === wanted ? undefined : { status: 403, json: { Message: 'not for this account' } };
  }

  protected override isByWriter({ authorization, path }: StandInCall): boolean {
    return path.startsWith('/api/journalisering') && this.accounts.holder(authorization) !== 'reader';
  }

  private connection(): object {
    return { baseUrl: this.address, tokenUrl: this.address + TOKEN_PATH, ...CLIENT };
  }

  private grant({ body }: StandInCall): Answer {
    const token = this.accounts.grant(new URLSearchParams(body.toString()));
    return token ? { json: token } : { status: 401, json: { error: 'invalid_grant' } };
  }

  private search({ body, list }: StandInCall): Answer {
    const search = JSON.parse(body.toString()) as Search;
    const primary = search.PrimaerPerson?.CprNummer;
    const any = search.Part?.CprNummer;
    const found = this.cases.filter(({ parties }) =>
      parties.some((party) => (primary ? party.primary && party.cpr === primary : any && party.cpr === any)),
    );
    const from = (search.PageNumber - 1) * search.PageSize;
    const page = found.slice(from, from + search.PageSize).map(caseOnWire);
    return { json: { Results: list(page), TotalNumberOfResults: found.length } };
  }

  private readCase({ params }: StandInCall): Answer {
    const held = this.caseOf(params[0]);
    if (held?.forbidden) return { status: 403, json: { Message: 'no rights to this case' } };
    return held ? { json: caseOnWire(held) } : NO_CASE;
  }

  private parts({ params }: StandInCall): Answer {
    const held = this.caseOf(params[0]);
    return held ? { json: held.parties.map(partyOnWire) } : NO_CASE;
  }

  private documents({ params, list }: StandInCall): Answer {
    const held = this.caseOf(params[0]);
    if (!held) return NO_CASE;
    const main = held.documents.filter((document) => document.parentId === undefined);
    const documents = list(main.map((document) => documentOnWire(document, held)));
    // Installations differ: some answer with a bare list, some with Results.
    return { json: held.id % 2 ? documents : { Results: documents } };
  }

  private notes({ params, list }: StandInCall): Answer {
    const held = this.caseOf(params[0]);
    return held ? { json: list(held.notes.map(noteOnWire)) } : NO_CASE;
  }

  private file({ params }: StandInCall): Answer {
    const file = this.fileOf(params[0]);
    const isForbidden = this.cases.some(({ documents }) =>
      documents.some((document) => document.forbidden && document.files.some(({ id }) => id === file?.id)),
    );
    if (isForbidden) return { status: 403, json: { Message: 'no rights to this document' } };
    return file ? { file } : { status: 404, json: { Message: 'no such file' } };
  }

  private look({ body }: StandInCall): Answer {
    return onWire(this.journal.search((JSON.parse(body.toString()) as { Noegle?: string }).Noegle ?? ''));
  }
}

interface Search {
  PrimaerPerson?: { CprNummer: string };
  Part?: { CprNummer: string };
  PageNumber: number;
  PageSize: number;
}

const STATES = [
  { Id: 6, Navn: 'Aktiv' },
  { Id: 9, Navn: 'Afsluttet' },
];
const NO_CASE: Answer = { status: 404, json: { Message: 'no such case' } };

function onWire({ status, body }: JournalAnswer): Answer {
  return { status, json: body };
}
