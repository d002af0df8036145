import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { sendAnswer, sendFault, standsInPlace } from '../records/answer';
import { bentList, Faults, type Fault, type Route } from '../records/faults';

/** Stands between a reader and a real WebDAV server: passes on what is asked, spoils what it is told to, notes what is no read. */
export class WebDavProxy {
  private readonly faults = new Faults();
  private server?: Server;
  /** Requests that are no reads, in order. */
  readonly writes: string[] = [];

  constructor(private readonly target: number) {}

  async start(): Promise<string> {
    const server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  fault(fault: Fault): void {
    this.faults.add(fault);
  }

  /** Fails when the reader wrote. */
  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
    if (this.writes.length > 0) throw new Error(`The reading account tried to write: ${this.writes.join(', ')}.`);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET' } = request;
    if (!['GET', 'HEAD', 'PROPFIND', 'OPTIONS'].includes(method)) this.writes.push(method);
    const fault = this.faults.take('token') ?? this.faults.take(routeOf(request));
    if (fault && standsInPlace(fault)) return sendFault(fault, response);
    const answer = await this.pass(request);
    const status = answer.statusCode ?? 502;
    if (!fault) {
      response.writeHead(status, answer.headers);
      return pipeline(answer, response);
    }
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const type = answer.headers['content-type'] ?? 'application/octet-stream';
    if (method === 'GET') {
      return sendAnswer({ type, file: { id: 0, name: 'file', content: bytes } }, response, fault);
    }
    await sendAnswer({ status, type, text: bent(bytes.toString('utf8'), fault) }, response, fault);
  }

  private pass(request: IncomingMessage): Promise<IncomingMessage> {
    const { method, url: path, headers } = request;
    return new Promise((resolve, reject) => {
      const passed = ask({ host: '127.0.0.1', port: this.target, method, path, headers }, resolve);
      passed.on('error', reject);
      request.pipe(passed);
    });
  }
}

/** `/borgere/<number>/` is the search, what lies below it a list. */
function routeOf({ method, url = '/', headers }: IncomingMessage): Route {
  if (method === 'GET') return 'file';
  if (headers['depth'] === '0') return 'states';
  return url.split('/').filter((part) => part !== '').length <= 3 ? 'search' : 'documents';
}

/** The list of a folder with other things in it, or an element gone or empty. */
function bent(xml: string, fault: Fault): string {
  const { kind, field = '' } = fault;
  const element = new RegExp(`<(\\w+:)?${field}>.*?</(\\w+:)?${field}>|<(\\w+:)?${field}/>`, 'gs');
  if (kind === 'missingField') return xml.replace(element, '');
  if (kind === 'retypedField') return xml.replace(element, `<D:${field}>http://[</D:${field}>`);
  if (kind !== 'repeatItem' && kind !== 'shortList') return xml;
  const [own, ...items] = xml.match(/<(?:\w+:)?response\b.*?<\/(?:\w+:)?response>/gs) ?? [];
  const all = [own, ...items].join('\n');
  return xml.includes(all) ? xml.replace(all, [own, ...bentList(items, fault)].join('\n')) : xml;
}
