import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { sendAnswer, sendFault, standsInPlace, type Answer } from './answer';
import { bentList, Faults, type Fault, type Route } from './faults';
import type { HeldCase, HeldCaseless, HeldDocument, HeldFile } from './holdings';

/** One request, as a route gets it. */
export interface StandInCall {
  method: string;
  path: string;
  query: URLSearchParams;
  /** What the groups of the route's pattern caught. */
  params: string[];
  authorization: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
  socket: Socket;
  /** A list of the answer, spoilt when this request is to get a spoilt list. */
  list<T>(items: T[]): T[];
}

/** A route that reads, whatever its method, unless it says `writes`. */
export interface StandInRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: RegExp;
  /** What is asked for there; some systems answer two questions at one address. */
  route: Route | ((call: StandInCall) => Route);
  /** True for a route, or a call of it, that changes something; no reader may touch it. */
  writes?: true | ((call: StandInCall) => boolean);
  /** True for one that asks for no login: where tokens are given. */
  open?: true;
  answer(call: StandInCall): Answer | Promise<Answer>;
}

/**
 * The ground of every stand-in for a records system that speaks HTTP, on loopback. It knows which of its routes read,
 * can be told to misbehave, and remembers each time its reader touched a route that writes, or changed something by a
 * route that nobody knows.
 */
export abstract class RecordsStandIn {
  private readonly faults = new Faults();
  private server?: Server;
  /** Method and path of every request, in order. */
  readonly requests: string[] = [];
  /** The requests of the reader that were not reads; a connector makes none. */
  readonly writes: string[] = [];

  constructor(
    protected readonly cases: HeldCase[],
    protected readonly caseless: HeldCaseless[] = [],
  ) {}

  protected abstract readonly routes: StandInRoute[];

  /** The answer to a caller who is not logged in; undefined for one who is. */
  protected abstract refusal(call: StandInCall): Answer | undefined;

  /** Settings for a connector that reads here; spread more over them. */
  abstract readerSettings(): Record<string, unknown>;

  /** All logins die, as they do after half an hour. */
  abstract expireTokens(): void;

  async start(port = 0): Promise<this> {
    const server = createServer((request, response) => {
      this.answer(request, response).catch(() => response.destroy());
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return this;
  }

  /** Fails when the reader touched a route that writes. */
  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    server?.closeAllConnections();
    if (server) await new Promise((resolve) => server.close(resolve));
    if (this.writes.length > 0) throw new Error(`The reading account tried to write: ${this.writes.join(', ')}.`);
  }

  get address(): string {
    if (!this.server) throw new Error(`The stand-in ${this.constructor.name} is not running; start it first.`);
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  fault(fault: Fault): void {
    this.faults.add(fault);
  }

  /** Forgets the faults that are left and the requests that were seen. */
  clear(): void {
    this.faults.clear();
    this.requests.length = 0;
  }

  /** True for a call by another account than the reader's, which may write. */
  protected isByWriter(_call: StandInCall): boolean {
    return false;
  }

  protected caseOf(id: number | string): HeldCase | undefined {
    return this.cases.find((held) => held.id === Number(id));
  }

  protected documentOf(id: number | string): HeldDocument | undefined {
    const filed = this.cases.flatMap((held) => held.documents);
    return [...filed, ...this.caseless].find((held) => held.id === Number(id));
  }

  protected fileOf(id: number | string): HeldFile | undefined {
    const documents = [...this.cases.flatMap((held) => held.documents), ...this.caseless];
    return documents.flatMap((held) => held.files).find((file) => file.id === Number(id));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.address);
    const method = request.method ?? 'GET';
    this.requests.push(`${method} ${pathname}`);
    const matches = this.routes.map((route) => ({
      route,
      found: method === route.method && route.path.exec(pathname),
    }));
    const match = matches.find(({ found }) => found);
    const call: StandInCall = {
      method,
      path: pathname,
      query: searchParams,
      params: match?.found ? match.found.slice(1).map(decodeURIComponent) : [],
      authorization: request.headers.authorization ?? '',
      headers: request.headers,
      body: await readBody(request),
      socket: request.socket,
      list: (items) => items,
    };
    if (changesSomething(match?.route, call) && !this.isByWriter(call)) this.writes.push(`${method} ${pathname}`);
    if (!match) return sendAnswer({ status: 404, json: { Message: 'unknown route' } }, response);
    const refusal = match.route.open ? undefined : this.refusal(call);
    if (refusal) return sendAnswer(refusal, response);
    const { route } = match.route;
    const fault = this.faults.take(typeof route === 'function' ? route(call) : route);
    if (fault && standsInPlace(fault)) return sendFault(fault, response);
    const answer = await match.route.answer({ ...call, list: (items) => bentList(items, fault) });
    return sendAnswer(answer, response, fault);
  }
}

/** What no route knows is taken for a write, unless its method can only read. */
function changesSomething(route: StandInRoute | undefined, call: StandInCall): boolean {
  if (!route) return !['GET', 'HEAD', 'OPTIONS', 'PROPFIND'].includes(call.method);
  return typeof route.writes === 'function' ? route.writes(call) : route.writes === true;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
