import type { Answer } from '../records/answer';
import type { HeldCase, HeldCaseless, HeldFile, HeldParty } from '../records/holdings';
import { RecordsStandIn, type StandInCall, type StandInRoute } from '../records/records-stand-in';
import { Tokens } from '../records/tokens';
import { caseXml, documentXml, matterXml, noteListXml, noteXml, structureXml, type HeldMatter } from './wire-format';

const REL = 'http://cbrain.com/casefile/rel/';
const CLIENT = { clientId: 'aktindsigt', clientSecret: 'klient-i-f2' };
const USER = { username: 'svc-aktindsigt', password: 'laes-i-f2' };
const QUERY = 'InvolveretPart';
/** Addresses are the server's own affair: nothing of them is to be guessed. */
const ROOT = '/f2/main/rest';

/**
 * Speaks as F2-REST does: a service index with link relations, password grant, filtered searches in JSON, everything else
 * in XML with links, one custom query for involved parties. Each held document without a parent is a matter (akt) with
 * that document and those attached to it. A contract stand-in, written from the documentation of version 13.
 */
export class F2StandIn extends RecordsStandIn {
  private readonly tokens = new Tokens();

  protected readonly routes: StandInRoute[] = [
    { method: 'GET', path: at(''), route: 'states', open: true, answer: () => ({ json: this.index() }) },
    { method: 'POST', path: at('/oauth2/token'), route: 'token', open: true, answer: (call) => this.grant(call) },
    { method: 'GET', path: at('/find/cases'), route: 'search', answer: (call) => this.findCases(call) },
    { method: 'GET', path: at('/find/matters'), route: 'caseless', answer: (call) => this.findMatters(call) },
    { method: 'GET', path: at(`/queries/${QUERY}`), route: 'search', answer: (call) => this.involved(call) },
    { method: 'GET', path: at('/c/(\\d+)'), route: 'case', answer: ({ params }) => this.readCase(params[0]) },
    { method: 'GET', path: at('/c/(\\d+)/all'), route: 'documents', answer: (call) => this.structure(call) },
    { method: 'GET', path: at('/c/(\\d+)/notes'), route: 'notes', answer: (call) => this.notes(call) },
    { method: 'GET', path: at('/n/(\\d+)'), route: 'notes', answer: ({ params }) => this.note(params[0]) },
    { method: 'GET', path: at('/m/(\\d+)'), route: 'parts', answer: ({ params }) => this.matter(params[0]) },
    { method: 'GET', path: at('/m/(\\d+)/all'), route: 'parts', answer: ({ params }) => this.matter(params[0]) },
    { method: 'GET', path: at('/m/(\\d+)/pdf'), route: 'file', answer: ({ params }) => this.text(params[0]) },
    { method: 'GET', path: at('/d/(\\d+)'), route: 'parts', answer: ({ params }) => this.document(params[0]) },
    { method: 'GET', path: at('/d/(\\d+)/content'), route: 'file', answer: ({ params }) => this.content(params[0]) },
  ];

  /** `texts`: the text of a matter, by the number of its first document. */
  constructor(
    cases: HeldCase[],
    caseless: HeldCaseless[] = [],
    private readonly texts: Map<number, HeldFile> = new Map(),
  ) {
    super(cases, caseless);
  }

  readerSettings(): Record<string, unknown> {
    return { serviceIndexUrl: this.address + ROOT, ...CLIENT, ...USER, involvedPartyQuery: QUERY };
  }

  expireTokens(): void {
    this.tokens.expire();
  }

  protected refusal({ authorization }: StandInCall): Answer | undefined {
    return this.tokens.holder(authorization) ? undefined : { status: 401, json: { Message: 'no valid token' } };
  }

  private index(): object {
    const links = {
      'oauth2-token': '/oauth2/token',
      'case-search-filter': '/find/cases',
      'matter-search-filter': '/find/matters',
      'custom-query-index': '/queries',
    };
    const entries = Object.entries(links).map(([rel, path]) => [REL + rel, { href: this.url(path), title: rel }]);
    return Object.fromEntries(entries) as object;
  }

  private grant({ authorization, body }: StandInCall): Answer {
    const basic = Buffer.from(`${CLIENT.clientId}:${CLIENT.clientSecret}`).toString('base64');
    const form = new URLSearchParams(body.toString());
    const isUser = form.get('username') === USER.username && form.get('password') === USER.password;
    const isGood = authorization === `Basic ${basic}` && isUser && form.get('grant_type') === 'password';
    return isGood ? { json: this.tokens.give('reader') } : { status: 400, json: { error: 'invalid_grant' } };
  }

  private findCases({ query, list }: StandInCall): Answer {
    const [id, cpr] = [query.get('id'), query.get('cprNumber')];
    const found = this.cases.filter((held) => (id ? String(held.id) === id : primary(held.parties)?.cpr === cpr));
    return { json: list(found.map((held) => this.caseRow(held))) };
  }

  private involved({ query, list }: StandInCall): Answer {
    const cpr = query.get('cprNumber');
    const found = this.cases.filter(({ parties }) => parties.some((party) => party.cpr === cpr));
    return { json: { value: list(found.map(({ id }) => ({ Id: id }))) } };
  }

  /** Matters on a case carry the number of nobody here; matters without a case that of the citizen. */
  private findMatters({ query, list }: StandInCall): Answer {
    const [id, cpr] = [query.get('id'), query.get('cprNumber')];
    const found = this.matters().filter((held) =>
      id ? String(held.main.id) === id : !held.inCase && held.parties.some((party) => party.cpr === cpr),
    );
    const rows = found.map(({ main, inCase }) => ({
      Id: String(main.id),
      MatterNumber: main.number,
      CaseNumber: inCase?.number ?? '',
      alternate: this.url(`/m/${main.id}`),
    }));
    return { json: list(rows) };
  }

  private readCase(id: string): Answer {
    const held = this.caseOf(id);
    if (held?.forbidden) return FORBIDDEN;
    return held ? xml(caseXml(held, (path) => this.url(path))) : NOT_FOUND;
  }

  private structure({ params, list }: StandInCall): Answer {
    const held = this.caseOf(params[0]);
    if (!held) return NOT_FOUND;
    const matters = list(this.matters().filter(({ inCase }) => inCase?.id === held.id));
    return xml(structureXml(held, matters, (path) => this.url(path)));
  }

  private notes({ params, list }: StandInCall): Answer {
    const held = this.caseOf(params[0]);
    return held ? xml(noteListXml(list(held.notes), (path) => this.url(path))) : NOT_FOUND;
  }

  private note(id: string): Answer {
    const note = this.cases.flatMap((held) => held.notes).find((held) => String(held.id) === id);
    return note ? xml(noteXml(note)) : NOT_FOUND;
  }

  private matter(id: string): Answer {
    const held = this.matters().find(({ main }) => String(main.id) === id);
    return held ? xml(matterXml(held, (path) => this.url(path))) : NOT_FOUND;
  }

  private text(id: string): Answer {
    const file = this.texts.get(Number(id));
    return file ? { file, type: 'application/pdf' } : NOT_FOUND;
  }

  private document(id: string): Answer {
    const held = this.documentOf(id);
    return held ? xml(documentXml(held, (path) => this.url(path))) : NOT_FOUND;
  }

  private content(id: string): Answer {
    const held = this.documentOf(id);
    if (held?.forbidden) return FORBIDDEN;
    return held ? { file: held.files[0] } : NOT_FOUND;
  }

  private matters(): HeldMatter[] {
    const filed = this.cases.flatMap((inCase) =>
      inCase.documents
        .filter(({ parentId }) => parentId === undefined)
        .map((main) => {
          const attached = inCase.documents.filter(({ parentId }) => parentId === main.id);
          return { main, documents: [main, ...attached], parties: inCase.parties, inCase };
        }),
    );
    const loose = this.caseless.map((main) => ({ main, documents: [main], parties: main.parties }));
    return [...filed, ...loose].map((held) => ({ ...held, hasText: this.texts.has(held.main.id) }));
  }

  private caseRow(held: HeldCase): object {
    return {
      Id: String(held.id),
      CaseNumber: held.number,
      Title: held.title,
      CprNumber: primary(held.parties)?.cpr ?? '',
      alternate: this.url(`/c/${held.id}`),
    };
  }

  private url(path: string): string {
    return this.address + ROOT + path;
  }
}

const NOT_FOUND: Answer = { status: 404, json: { Message: 'not found', ReasonCode: 'DossierNotFound' } };
const FORBIDDEN: Answer = { status: 403, json: { Message: 'no access', ReasonCode: 'DossierNoReadAccess' } };

function at(path: string): RegExp {
  return new RegExp(`^${ROOT}${path}$`);
}

function xml(text: string): Answer {
  return { text, type: 'application/vnd.cbrain.casefile+xml' };
}

function primary(parties: HeldParty[]): HeldParty | undefined {
  return parties.find((party) => party.primary);
}
