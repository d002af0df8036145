import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Accounts, CLIENT, JOURNAL, READER, type Account } from './accounts';
import { Faults, type Fault, type FaultKind } from './faults';
import type { HeldCase } from './holdings';
import { JournalBook, type HeldJournalEntry, type JournalAnswer } from './journal-book';
import { matchRoute, TOKEN_PATH, type Match } from './routes';
import { bytesOf, caseOnWire, documentOnWire, noteOnWire, partyOnWire } from './wire-format';

/**
 * Speaks as an SBSYS web API does, on loopback: password grant, paged search of cases by `PrimaerPerson` and by `Part`
 * (any party), parties, documents, files, journal notes, and write routes for the journal account. It can be told to
 * misbehave, and it remembers when the reading account touched a route that changes something.
 */
export class SbsysStandIn {
  private readonly accounts = new Accounts();
  private readonly faults = new Faults();
  private readonly journal = new JournalBook();
  private readonly broken: string[] = [];
  private server?: Server;
  /** Method and path of every request, in order. */
  readonly requests: string[] = [];

  constructor(private readonly cases: HeldCase[]) {}

  async start(port = 0): Promise<this> {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => this.server?.listen(port, '127.0.0.1', resolve));
    return this;
  }

  /** Fails when the reading account touched a mutating route: a connector never writes. */
  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    server?.closeAllConnections();
    if (server) await new Promise((resolve) => server.close(resolve));
    if (this.broken.length > 0) throw new Error(`The reading account tried to write: ${this.broken.join(', ')}.`);
  }

  get address(): string {
    if (!this.server) throw new Error('The SBSYS stand-in is not running; start it first.');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Settings for a connector that reads here; spread more over them. */
  readerSettings(): Record<string, unknown> {
    return { ...this.connection(), ...READER, partySearchField: 'Part' };
  }

  /** Settings for the journal's own account. */
  journalSettings(): Record<string, unknown> {
    return { ...this.connection(), ...JOURNAL };
  }

  fault(fault: Fault): void {
    this.faults.add(fault);
  }

  /** Forgets the faults that are left and the requests that were seen. */
  clear(): void {
    this.faults.clear();
    this.requests.length = 0;
  }

  expireTokens(): void {
    this.accounts.expire();
  }

  journalEntries(): readonly HeldJournalEntry[] {
    return this.journal.entries;
  }

  private connection(): object {
    return { baseUrl: this.address, tokenUrl: this.address + TOKEN_PATH, ...CLIENT };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.address);
    const method = request.method ?? 'GET';
    this.requests.push(`${method} ${pathname}`);
    const body = await readBody(request);
    const match = matchRoute(method, pathname);
    if (!match) return json(response, { status: 404, body: { Message: 'unknown route' } });
    const fault = this.faults.take(match.route);
    if (fault && this.faults.answer(fault, response)) return undefined;
    if (match.action === 'token') return this.grant(body, response);
    const account = this.accounts.holder(request.headers.authorization);
    if (!account) return json(response, { status: 401, body: { Message: 'no valid token' } });
    if (!this.mayUse(account, match, `${method} ${pathname}`)) {
      return json(response, { status: 403, body: { Message: 'not for this account' } });
    }
    if (match.action === 'file') return this.sendFile(match.ids[0], response, fault);
    if (match.route === 'journal') return json(response, this.journalise(match, body));
    return sendJson(response, this.read(match, body, fault), fault);
  }

  private grant(body: Buffer, response: ServerResponse): void {
    const token = this.accounts.grant(new URLSearchParams(body.toString()));
    json(response, token ? { status: 200, body: token } : { status: 401, body: { error: 'invalid_grant' } });
  }

  private mayUse(account: Account, match: Match, request: string): boolean {
    if (account === 'reader' && match.mutates) this.broken.push(request);
    if (match.action === 'forbidden') return false;
    return account === (match.route === 'journal' ? 'journal' : 'reader');
  }

  private read({ action, ids }: Match, body: Buffer, fault?: FaultKind): JournalAnswer {
    if (action === 'states')
      return {
        status: 200,
        body: [
          { Id: 6, Navn: 'Aktiv' },
          { Id: 9, Navn: 'Afsluttet' },
        ],
      };
    if (action === 'search') return { status: 200, body: this.search(JSON.parse(body.toString()) as Search, fault) };
    const held = this.cases.find((candidate) => candidate.id === ids[0]);
    if (!held) return { status: 404, body: { Message: 'no such case' } };
    if (action === 'case') return { status: 200, body: caseOnWire(held) };
    if (action === 'parts') return { status: 200, body: held.parties.map(partyOnWire) };
    if (action === 'notes') return { status: 200, body: shortened(held.notes.map(noteOnWire), fault) };
    const documents = shortened(
      held.documents.map((document) => documentOnWire(document, held.id)),
      fault,
    );
    // Installations differ: some answer with a bare list, some with Results.
    return { status: 200, body: held.id % 2 ? documents : { Results: documents } };
  }

  private search(search: Search, fault?: FaultKind): object {
    const primary = search.PrimaerPerson?.CprNummer;
    const any = search.Part?.CprNummer;
    const found = this.cases.filter(({ parties }) =>
      parties.some((party) => (primary ? party.primary && party.cpr === primary : any && party.cpr === any)),
    );
    const from = (search.PageNumber - 1) * search.PageSize;
    const page = found.slice(from, from + search.PageSize).map(caseOnWire);
    return { Results: shortened(page, fault), TotalNumberOfResults: found.length };
  }

  private sendFile(id: number, response: ServerResponse, fault?: FaultKind): void {
    const file = this.cases
      .flatMap((held) => held.documents.flatMap((document) => document.files))
      .find((candidate) => candidate.id === id);
    if (!file) return json(response, { status: 404, body: { Message: 'no such file' } });
    const bytes = fault === 'wrongSize' ? Buffer.concat([bytesOf(file), Buffer.from(' ')]) : bytesOf(file);
    send(response, 200, 'application/octet-stream', bytes, fault === 'truncated');
  }

  private journalise({ action, ids }: Match, body: Buffer): JournalAnswer {
    if (action === 'journal-file') return this.journal.receive(ids[0], ids[1], body);
    if (action === 'journal-finish') return this.journal.finish(ids[0]);
    const given = JSON.parse(body.toString()) as { Noegle?: string };
    return action === 'journal-search' ? this.journal.search(given.Noegle ?? '') : this.journal.create(given);
  }
}

interface Search {
  PrimaerPerson?: { CprNummer: string };
  Part?: { CprNummer: string };
  PageNumber: number;
  PageSize: number;
}

function shortened<T>(items: T[], fault?: FaultKind): T[] {
  if (fault === 'shortList') return items.slice(0, -1);
  return fault === 'repeatItem' ? [...items.slice(0, -1), ...items.slice(0, 1)] : items;
}

function json(response: ServerResponse, answer: JournalAnswer): void {
  sendJson(response, answer);
}

function sendJson(response: ServerResponse, { status, body }: JournalAnswer, fault?: FaultKind): void {
  send(response, status, 'application/json', Buffer.from(JSON.stringify(body)), fault === 'truncated');
}

function send(response: ServerResponse, status: number, type: string, bytes: Buffer, cut: boolean): void {
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.length });
  if (!cut) return void response.end(bytes);
  response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.destroy());
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
