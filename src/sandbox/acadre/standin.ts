import { randomBytes } from 'node:crypto';
import type { Answer } from '../records/answer';
import type { Route } from '../records/faults';
import type { HeldCase, HeldParty } from '../records/holdings';
import { NtlmGate } from '../records/ntlm-gate';
import { RecordsStandIn, type StandInCall, type StandInRoute } from '../records/records-stand-in';
import * as wire from './wire-format';

const ACCOUNT = { username: 'svc-aktindsigt', password: 'laes-i-solby', domain: 'SOLBYNET' };
const TYPES = ['BGSAG', 'BUSAG', 'EMSAG'];
const SERVICE = /^\/PWS\/AcadreService[47]\.asmx$/;

/** Where the questions that read are taken from; any other operation changes something. */
const ROUTES: Record<string, Route> = {
  GetCaseTypeList: 'states',
  GetCasesForIdentity: 'search',
  GetCase: 'case',
  GetContact: 'parts',
  GetAllDocuments: 'documents',
  GetAllSupplements: 'parts',
  GetAllMemo: 'notes',
  GetFileName: 'parts',
  GetPhysicalDocument: 'file',
};

/**
 * Speaks as Acadre does, on loopback: a Windows login that leads to the cookie of the web pages, their searches in pages
 * without a sum, one type of case at a time, and two SOAP services behind the Windows login. Not the vendor's software.
 */
export class AcadreStandIn extends RecordsStandIn {
  private readonly gate = new NtlmGate(ACCOUNT);
  private cookies = new Set<string>();

  protected readonly routes: StandInRoute[] = [
    {
      method: 'GET',
      path: /^\/Frontend\/AuthService\/GetLoginUrl$/,
      route: 'token',
      answer: () => this.whereToLogIn(),
    },
    { method: 'GET', path: /^\/Frontend\/AuthService\/Login$/, route: 'token', answer: () => this.giveCookie() },
    { method: 'GET', path: /^\/Frontend\/api\/v8\/contact$/, route: 'search', answer: (call) => this.contacts(call) },
    { method: 'GET', path: /^\/Frontend\/api\/v8\/case$/, route: 'search', answer: (call) => this.searchPages(call) },
    {
      method: 'POST',
      path: SERVICE,
      route: (call) => ROUTES[actionOf(call)] ?? 'case',
      writes: (call) => ROUTES[actionOf(call)] === undefined,
      answer: (call) => this.serve(call),
    },
  ];

  readerSettings(): Record<string, unknown> {
    return {
      baseUrl: this.address,
      serviceUrl: `${this.address}/PWS/AcadreService7.asmx`,
      actingFor: 'AKT',
      ...ACCOUNT,
    };
  }

  expireTokens(): void {
    this.gate.expire();
    this.cookies.clear();
  }

  protected refusal(call: StandInCall): Answer | undefined {
    if (!call.path.startsWith('/Frontend/api/')) return this.gate.refusal(call);
    return this.cookies.has(call.headers.cookie ?? '') ? undefined : { status: 401, json: { Message: 'no cookie' } };
  }

  private whereToLogIn(): Answer {
    return { type: 'text/plain', text: `${this.address}/Frontend/AuthService/Login` };
  }

  private giveCookie(): Answer {
    const cookie = `FedAuth=${randomBytes(12).toString('hex')}`;
    this.cookies.add(cookie);
    const headers = { 'set-cookie': `${cookie}; path=/; HttpOnly`, location: '/Frontend/' };
    return { status: 302, headers, type: 'text/html', text: '' };
  }

  private contacts({ query, list }: StandInCall): Answer {
    const known = this.parties().filter((party) => party.cpr?.replace('-', '') === query.get('SearchKey'));
    return { json: list(pageOf(known.slice(0, 1), query)).map(wire.contactOnPage) };
  }

  /** One type of case, open or closed ones, by any contact. */
  private searchPages({ query, list }: StandInCall): Answer {
    const cpr = query.get('ContactSearchKey');
    const found = this.cases.filter(
      (held) =>
        typeOf(held) === query.get('SearchCaseType') &&
        (held.closedAt === undefined) === (query.get('Active') === 'true') &&
        held.parties.some((party) => party.cpr?.replace('-', '') === cpr),
    );
    return { json: list(pageOf(found, query)).map((held) => wire.caseOnPage(held, typeOf(held))) };
  }

  private serve(call: StandInCall): Answer {
    const xml = call.body.toString();
    const asked = (name: string): string => new RegExp(`<${name}[^>]*>([^<]*)<`).exec(xml)?.[1] ?? '';
    const answer = this.answers[actionOf(call)]?.(asked, call);
    if (!answer)
      return {
        status: 500,
        type: 'text/xml',
        text: wire.envelope('<Fault><faultstring>unknown</faultstring></Fault>'),
      };
    return typeof answer === 'string' ? { type: 'text/xml', text: wire.envelope(answer) } : answer;
  }

  private readonly answers: Record<string, (asked: (name: string) => string, call: StandInCall) => Answer | string> = {
    GetCaseTypeList: () =>
      wire.tag('CaseTypeListResponse', ...TYPES.map((type) => wire.tag('CaseType', wire.tag('Literal', type)))),
    GetCasesForIdentity: (asked) => {
      const cpr = asked('identityNumber');
      const found = this.cases.filter(({ parties }) => parties.some((party) => party.cpr?.replace('-', '') === cpr));
      const result = wire.tag('GetCasesForIdentityResult', ...found.map(wire.containerInXml));
      return wire.tag('GetCasesForIdentityResponse', result);
    },
    GetCase: (asked) => this.onCase(asked('CaseFileIdentifier'), wire.caseInXml),
    GetContact: (asked) => {
      const party = this.parties().find((each) => wire.guidOf(each) === asked('GUID'));
      return party ? wire.contactInXml(party) : NOTHING;
    },
    GetAllDocuments: (asked, { list }) =>
      this.onCase(asked('CaseFileIdentifier'), (held) => {
        const documents = list(wire.mainDocuments(held)).map((each) => wire.documentInXml('DocumentOutput', each));
        return wire.tag('ArrayOfDocuments', ...documents);
      }),
    GetAllSupplements: (asked) => {
      const id = Number(asked('DocumentId'));
      const held = this.cases.find(({ documents }) => documents.some((document) => document.id === id));
      const found = held ? wire.supplementsOf(held, id) : [];
      return wire.tag(
        'ArrayOfSupplementResponses',
        ...found.map((each) => wire.documentInXml('SupplementResponse', each)),
      );
    },
    GetAllMemo: (asked, { list }) =>
      this.onCase(asked('CaseIdentifier'), ({ notes }) =>
        wire.tag('MemoListResponse', ...list(notes).map(wire.memoInXml)),
      ),
    GetFileName: (asked) => wire.tag('FileName1', wire.text(this.fileOf(asked('FileReference'))?.name ?? '')),
    GetPhysicalDocument: (asked) => this.file(asked('FileReference')),
  };

  private onCase(id: string, answer: (held: HeldCase) => string): Answer | string {
    const held = this.caseOf(id);
    if (held?.forbidden) return { status: 403, type: 'text/plain', text: 'denied' };
    return held ? answer(held) : NOTHING;
  }

  private file(reference: string): Answer {
    const note = this.cases.flatMap(({ notes }) => notes).find(({ id }) => reference === `m${id}`);
    const file = note ? { id: note.id, name: 'notat.rtf', content: wire.rtfOf(note) } : this.fileOf(reference);
    const documents = this.cases.flatMap((held) => held.documents);
    const isForbidden = documents.some((held) => held.forbidden && held.files.some(({ id }) => id === file?.id));
    if (isForbidden) return { status: 403, type: 'text/plain', text: 'denied' };
    return file ? { type: 'text/xml', file, inBase64: wire.aroundFile() } : NOTHING;
  }

  private parties(): HeldParty[] {
    return this.cases.flatMap(({ parties }) => parties);
  }
}

const NOTHING: Answer = { status: 404, type: 'text/plain', text: 'not found' };

function actionOf({ headers }: StandInCall): string {
  return String(headers.soapaction).replaceAll('"', '').split('/').pop() ?? '';
}

function typeOf(held: HeldCase): string {
  return TYPES[held.id % TYPES.length];
}

function pageOf<T>(items: T[], query: URLSearchParams): T[] {
  const size = Number(query.get('page-size'));
  const from = Number(query.get('page-index')) * size;
  return items.slice(from, from + size);
}
