import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Faults, type Fault, type FaultKind, type Route } from '../records/faults';

/** What PostgreSQL says in such a case (SQLSTATE). */
const STATES: Partial<Record<FaultKind, string>> = {
  '401': '28P01',
  '403': '42501',
  '423': '55P03',
  '429': '53300',
  '500': 'XX000',
  '503': '57P03',
};
const ROUTES: [RegExp, Route][] = [
  [/v_meta/, 'states'],
  [/lo_get/, 'file'],
  [/v_document|v_file/, 'documents'],
  [/v_case/, 'search'],
];
const READS = /^\s*(select|begin|commit|rollback|set|show|deallocate)\b/i;

/** Stands between a reader and a real PostgreSQL: passes on what is asked, spoils what it is told to, notes what is no read. */
export class PgProxy {
  private readonly faults = new Faults();
  private readonly open = new Set<Socket>();
  private server?: Server;
  /** Statements that are no reads, in order. */
  readonly writes: string[] = [];

  constructor(private readonly target: { host: string; port: number }) {}

  async start(): Promise<number> {
    const server = createServer((client) => this.serve(client));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  fault(fault: Fault): void {
    this.faults.add(fault);
  }

  /** Ends every connection, as a restart of the server does. */
  cut(): void {
    for (const socket of this.open) socket.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private serve(client: Socket): void {
    const server = connect(this.target);
    let cutsNext = false;
    for (const socket of [client, server]) {
      this.open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.open.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    server.on('data', (chunk: Buffer) => {
      if (!cutsNext) return void client.write(chunk);
      client.write(chunk.subarray(0, Math.floor(chunk.length / 2)), () => client.destroy());
    });
    forEachRequest(client, (request, sql) => {
      const fault = this.faultOf(sql);
      if (fault?.kind === 'slow') return;
      const state = STATES[fault?.kind ?? 'truncated'];
      if (state) return void client.write(refusal(state));
      cutsNext = fault?.kind === 'truncated';
      server.write(request);
    });
  }

  private faultOf(sql: string | undefined): Fault | undefined {
    if (sql === undefined) return this.faults.take('token');
    if (!READS.test(sql)) this.writes.push(sql);
    const route = ROUTES.find(([words]) => words.test(sql))?.[1];
    return route && this.faults.take(route);
  }
}

const TERMINATE = 'X';
const SYNC = 'S';
const SIMPLE_QUERY = 'Q';
const PARSE = 'P';

/**
 * Calls back with the start-up message (without SQL) and then with each request that wants an answer: a simple query, or
 * everything up to a Sync (PostgreSQL, chapter 55).
 */
function forEachRequest(client: Socket, tell: (request: Buffer, sql?: string) => void): void {
  let held = Buffer.alloc(0);
  let request = Buffer.alloc(0);
  let sql: string | undefined;
  let isStarted = false;
  client.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    for (;;) {
      const head = isStarted ? 1 : 0;
      if (held.length < head + 4) return;
      const length = head + held.readInt32BE(head);
      if (held.length < length) return;
      const message = held.subarray(0, length);
      held = held.subarray(length);
      if (!isStarted) {
        isStarted = true;
        tell(message);
        continue;
      }
      const type = String.fromCharCode(message[0]);
      request = Buffer.concat([request, message]);
      if (type === SIMPLE_QUERY) sql = textAt(message, 5);
      if (type === PARSE) sql = textAt(message, message.indexOf(0, 5) + 1);
      if (![SYNC, SIMPLE_QUERY, TERMINATE, 'p'].includes(type)) continue;
      // A password belongs to the start-up and asks for nothing.
      tell(request, type === 'p' || type === TERMINATE ? 'select' : (sql ?? 'select'));
      request = Buffer.alloc(0);
      sql = undefined;
    }
  });
}

function textAt(message: Buffer, from: number): string {
  return message.subarray(from, message.indexOf(0, from)).toString('utf8');
}

/** ErrorResponse and ReadyForQuery. */
function refusal(state: string): Buffer {
  const fields = Buffer.from(`SERROR\0VERROR\0C${state}\0Mspoilt\0\0`, 'latin1');
  const error = Buffer.alloc(5);
  error.write('E');
  error.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([error, fields, Buffer.from([0x5a, 0, 0, 0, 5, 0x49])]);
}
