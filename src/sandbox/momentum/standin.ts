import type { Answer } from '../records/answer';
import type { HeldCase, HeldDocument, HeldParty } from '../records/holdings';
import { RecordsStandIn, type StandInCall, type StandInRoute } from '../records/records-stand-in';
import { Tokens } from '../records/tokens';

const TOKEN_PATH = '/momentumb2c.onmicrosoft.com/oauth2/token';
const CLIENT = { clientId: 'aktindsigt', clientSecret: 'klient-i-solby', resource: 'momentum-api' };
const API_KEY = 'noegle-i-solby';
/** The part of an entry that is the citizen's own, under a number of before. */
const FORMER = 'Tidligere nummer';

interface Paging {
  paging: { pageNumber: number; pageSize: number };
  filters?: { fieldName: string; values: string[] }[];
}

/**
 * Speaks as the API of KMD Momentum does, on loopback: client credentials and a key to the gateway, the look-up of a
 * citizen by number, the search that gives active records when it is not told otherwise, tasks in pages, the journal in
 * one list. Each held case is a record on its primary party, its documents are tasks, and a held mail is a journal note
 * with attachments. Not the vendor's software.
 */
export class MomentumStandIn extends RecordsStandIn {
  private readonly tokens = new Tokens();

  protected readonly routes: StandInRoute[] = [
    {
      method: 'POST',
      path: new RegExp(`^${TOKEN_PATH}$`),
      route: 'token',
      open: true,
      answer: (call) => this.grant(call),
    },
    { method: 'GET', path: /^\/api\/tags$/, route: 'states', answer: () => ({ json: [] }) },
    { method: 'GET', path: /^\/api\/citizens\/find$/, route: 'search', answer: (call) => this.find(call) },
    { method: 'POST', path: /^\/api\/search$/, route: 'search', answer: (call) => this.search(call) },
    { method: 'GET', path: /^\/api\/citizens\/(\d+)$/, route: 'case', answer: (call) => this.citizen(call) },
    {
      method: 'POST',
      path: /^\/api\/citizens\/(\d+)\/searchContacts$/,
      route: 'parts',
      answer: (call) => this.contacts(call),
    },
    { method: 'GET', path: /^\/api\/journals\/(\d+)$/, route: 'notes', answer: (call) => this.journal(call) },
    { method: 'POST', path: /^\/api\/tasks\/citizen$/, route: 'documents', answer: (call) => this.tasks(call) },
    {
      method: 'POST',
      path: /^\/api\/(tasks|alerts|tagassignments)$/,
      route: 'case',
      writes: true,
      answer: () => DENIED,
    },
    { method: 'PUT', path: /^\/api\/.+$/, route: 'case', writes: true, answer: () => DENIED },
  ];

  readerSettings(): Record<string, unknown> {
    const baseUrl = `${this.address}/api`;
    return { baseUrl, tokenUrl: this.address + TOKEN_PATH, apiKey: API_KEY, ...CLIENT };
  }

  expireTokens(): void {
    this.tokens.expire();
  }

  protected refusal({ authorization, headers }: StandInCall): Answer | undefined {
    const isKnown = this.tokens.holder(authorization) && headers.apikey === API_KEY;
    return isKnown ? undefined : { status: 401, json: { message: 'unauthorized' } };
  }

  private grant({ body }: StandInCall): Answer {
    const form = new URLSearchParams(body.toString());
    const isClient = form.get('client_id') === CLIENT.clientId && form.get('client_secret') === CLIENT.clientSecret;
    const isKnown = form.get('grant_type') === 'client_credentials' && form.get('resource') === CLIENT.resource;
    if (!isClient || !isKnown) return { status: 400, json: { error: 'invalid_client' } };
    // Entra's first version gives the seconds as a text.
    return { json: { ...this.tokens.give('reader'), expires_in: '3599' } };
  }

  /** One record at most, and an active one before one that has ended. */
  private find({ query }: StandInCall): Answer {
    const [found] = this.onCitizen(query.get('cpr') ?? '').sort((a, b) => Number(!!a.closedAt) - Number(!!b.closedAt));
    return found ? { json: { citizenId: found.id } } : NOTHING;
  }

  private search({ body, list }: StandInCall): Answer {
    const { term, isActive = true, size, skip } = JSON.parse(body.toString()) as Search;
    // A free search: the number may stand anywhere in a record.
    const naming = this.cases.filter(({ parties }) => parties.some(({ cpr }) => cpr?.replace('-', '') === term));
    const found = naming.filter((held) => (held.closedAt === undefined) === isActive);
    const results = found.slice(skip, skip + size).map(({ id }) => ({ id, category: 'Citizen' }));
    return { json: { results: list(results), totalCount: found.length } };
  }

  private citizen({ params }: StandInCall): Answer {
    const held = this.caseOf(params[0]);
    if (!held) return NOTHING;
    if (held.forbidden) return DENIED;
    const { name, cpr } = primaryOf(held) ?? { name: '', cpr: '' };
    const isActive = held.closedAt === undefined;
    return { json: { id: held.id, cpr, name, isActive, createdAt: held.openedAt, responsibleUnit: held.unit } };
  }

  private contacts({ params, body, list }: StandInCall): Answer {
    const held = this.caseOf(params[0]);
    if (!held) return NOTHING;
    const others = held.parties.filter((party) => party !== primaryOf(held) && party.part !== FORMER);
    const contacts = others.map((party, nth) => ({
      id: `${held.id}-${nth}`,
      name: party.name,
      type: party.employee ? 1 : 2,
      responsibilityTypeCode: party.part,
    }));
    return pageOf(contacts, JSON.parse(body.toString()) as Paging, list);
  }

  private tasks({ body, list }: StandInCall): Answer {
    const asked = JSON.parse(body.toString()) as Paging;
    const held = this.caseOf(asked.filters?.find(({ fieldName }) => fieldName === 'citizenId')?.values[0] ?? '');
    if (!held) return NOTHING;
    return pageOf(held.documents.filter((document) => document.type !== 'E-mail').map(taskOnWire), asked, list);
  }

  private journal({ params, list }: StandInCall): Answer {
    const held = this.caseOf(params[0]);
    if (!held) return NOTHING;
    const notes = held.notes.map((note) => ({
      id: note.id,
      title: note.title,
      body: note.html,
      createdAt: `${note.date}T10:00:00Z`,
      createdBy: note.author,
      attachments: [],
    }));
    const mails = held.documents.filter((document) => document.type === 'E-mail').map(mailOnWire);
    return { json: list([...notes, ...mails]) };
  }

  /** By the number that a record stands on, or by one that its citizen had before. */
  private onCitizen(number: string): HeldCase[] {
    return this.cases.filter(({ parties }) =>
      parties.some(({ primary, part, cpr }) => (primary || part === FORMER) && cpr?.replace('-', '') === number),
    );
  }
}

interface Search {
  term: string;
  isActive?: boolean;
  size: number;
  skip: number;
}

const NOTHING: Answer = { status: 404, json: { message: 'not found' } };
const DENIED: Answer = { status: 403, json: { message: 'forbidden' } };

function primaryOf(held: HeldCase): HeldParty | undefined {
  return held.parties.find((party) => party.primary);
}

function pageOf<T>(items: T[], { paging }: Paging, list: (items: T[]) => T[]): Answer {
  const from = paging.pageNumber * paging.pageSize;
  return { json: { data: list(items.slice(from, from + paging.pageSize)), totalSearchCount: items.length } };
}

function taskOnWire({ id, name, date, files }: HeldDocument): object {
  return { id, title: name, description: `Se ${files[0]?.name ?? name}`, deadline: `${date}T00:00:00Z`, status: 0 };
}

function mailOnWire({ id, name, date, files }: HeldDocument): object {
  const attachments = files.map((file) => ({ id: file.id, fileName: file.name }));
  return { id: `m${id}`, title: name, body: '<p>Se vedhæftede.</p>', createdAt: `${date}T10:00:00Z`, attachments };
}
