import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Faults, type Fault, type FaultKind, type Route } from '../records/faults';
import { bentAnswer } from './bent-answer';

/** What an IMAP server says in such a case (RFC 5530). */
const CODES: Partial<Record<FaultKind, string>> = {
  '401': 'AUTHENTICATIONFAILED',
  '403': 'NOPERM',
  '423': 'INUSE',
  '429': 'LIMIT',
  '500': 'SERVERBUG',
  '503': 'UNAVAILABLE',
};
/** Commands that change nothing; FETCH only as far as it peeks. */
const READS =
  /^(CAPABILITY|ID|NOOP|LOGIN|AUTHENTICATE|STARTTLS|NAMESPACE|ENABLE|LIST|LSUB|STATUS|EXAMINE|UNSELECT|SEARCH|FETCH|LOGOUT)$/;

interface Command {
  tag: string;
  verb: string;
  line: string;
}

/** Stands between a reader and a real IMAP server: passes on what is asked, spoils what it is told to, notes what is no read. */
export class ImapProxy {
  private readonly faults = new Faults();
  private readonly open = new Set<Socket>();
  private server?: Server;
  /** Commands that are no reads, in order. */
  readonly writes: string[] = [];

  constructor(private readonly target: number) {}

  async start(): Promise<number> {
    const server = createServer((client) => this.serve(client));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  fault(fault: Fault): void {
    this.faults.add(fault);
  }

  /** Ends every session, as a server does that has had enough of them. */
  cut(): void {
    for (const socket of this.open) socket.destroy();
  }

  /** Fails when the reader wrote. */
  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server?.close(resolve));
    if (this.writes.length > 0) throw new Error(`The reading account tried to write: ${this.writes.join(', ')}.`);
  }

  private serve(client: Socket): void {
    const server = connect({ host: '127.0.0.1', port: this.target });
    for (const socket of [client, server]) {
      this.open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.open.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    /** The fault and the tag of the answer that is under way, and as much of it as has come. */
    let spoilt: { fault: Fault; tag: string; answer: Buffer } | undefined;
    server.on('data', (chunk: Buffer) => {
      if (!spoilt) return void client.write(chunk);
      spoilt.answer = Buffer.concat([spoilt.answer, chunk]);
      const { fault, tag, answer } = spoilt;
      if (fault.kind === 'truncated') {
        return void client.write(chunk.subarray(0, Math.floor(chunk.length / 2)), () => client.destroy());
      }
      if (!new RegExp(`(^|\\r\\n)${tag} [^\\r\\n]*\\r\\n$`).test(answer.toString('latin1'))) return;
      spoilt = undefined;
      client.write(Buffer.from(bentAnswer(answer.toString('latin1'), fault), 'latin1'));
    });
    forEachLine(client, (line) => {
      const command = commandIn(line);
      const fault = command && this.faultOf(command);
      if (!command || !fault) return void server.write(`${line}\r\n`, 'latin1');
      const code = CODES[fault.kind];
      if (fault.kind === 'slow') return;
      if (code) return void client.write(`${command.tag} NO [${code}] spoilt\r\n`);
      if (fault.kind === '404') return void client.write(`${command.tag} OK done\r\n`);
      spoilt = { fault, tag: command.tag, answer: Buffer.alloc(0) };
      server.write(`${line}\r\n`, 'latin1');
    });
  }

  private faultOf(command: Command): Fault | undefined {
    const marksAsRead = command.verb === 'FETCH' && /BODY\[|RFC822(?!\.SIZE)/.test(command.line);
    if (!READS.test(command.verb) || marksAsRead) this.writes.push(command.verb);
    const route = routeOf(command);
    return route && this.faults.take(route);
  }
}

function routeOf({ verb, line }: Command): Route | undefined {
  if (verb === 'LOGIN' || verb === 'AUTHENTICATE') return 'token';
  if (verb === 'LIST') return 'states';
  if (verb === 'EXAMINE') return 'case';
  if (verb === 'SEARCH') return 'search';
  if (verb === 'FETCH') return line.includes('BODY.PEEK') ? 'file' : 'documents';
  return undefined;
}

function commandIn(line: string): Command | undefined {
  const [, tag, verb] = /^(\S+) (?:UID )?([A-Z]+)\b/.exec(line) ?? [];
  return tag === undefined ? undefined : { tag, verb, line };
}

function forEachLine(client: Socket, tell: (line: string) => void): void {
  let held = '';
  client.on('data', (chunk: Buffer) => {
    const lines = (held + chunk.toString('latin1')).split('\r\n');
    held = lines.pop() ?? '';
    for (const line of lines) tell(line);
  });
}
