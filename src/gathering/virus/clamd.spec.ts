import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { missingProgram } from '../../../test/support/missing-program';
import { startClamd, type ClamdServer } from '../../sandbox/clamd/clamd-server';
import { scanWithClamd, VirusCheckUnavailable, type ClamdVerdict } from './clamd';

const SIGNATURE = { name: 'Solby.Proeve', text: 'skadelig-proeve-fra-solby' };
const { signal } = new AbortController();

async function* bytes(...parts: (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part as string);
}

const described = missingProgram('clamd', 'the virus check with a real clamd') ? describe.skip : describe;

described('a real clamd', () => {
  let clamd: ClamdServer;
  beforeAll(async () => (clamd = await startClamd({ signatures: [SIGNATURE], longestStream: 300_000 })), 30_000);
  afterAll(() => clamd?.stop());

  const scan = (url: string, ...parts: (string | Buffer)[]): Promise<ClamdVerdict> =>
    scanWithClamd(bytes(...parts), { url, timeoutMs: 20_000 }, signal);

  it('says that a file without signatures is clean, over TCP and over a socket file', async () => {
    expect(await scan(clamd.tcpUrl, 'Et helt almindeligt notat.')).toEqual({ kind: 'clean' });
    expect(await scan(clamd.unixUrl, 'Et helt almindeligt notat.')).toEqual({ kind: 'clean' });
  });

  it('names the signature, also where it lies across two chunks', async () => {
    const infected = { kind: 'infected', signature: 'Solby.Proeve.UNOFFICIAL' };
    expect(await scan(clamd.tcpUrl, `Før ${SIGNATURE.text} efter`)).toEqual(infected);
    expect(await scan(clamd.unixUrl, 'skadelig-', 'proeve-fra-solby')).toEqual(infected);
  });

  it('says of a file over its limit that it was not checked, never that it is clean', async () => {
    const large = Array.from({ length: 20 }, () => Buffer.alloc(50_000, 'x'));
    expect(await scan(clamd.tcpUrl, ...large)).toEqual({ kind: 'unchecked', why: 'too-large' });
  });

  it('says that an empty file is clean', async () => {
    expect(await scan(clamd.tcpUrl)).toEqual({ kind: 'clean' });
  });
});

describe('a virus check that gives no verdict', () => {
  let server: Server | undefined;
  const open = new Set<Socket>();
  afterEach(async () => {
    for (const socket of open) socket.destroy();
    if (server?.listening) await new Promise((resolve) => server?.close(resolve));
  });

  async function answering(answer: (socket: Socket) => void): Promise<string> {
    server = createServer((socket) => {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => answer(socket));
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const scan = (url: string, timeoutMs = 5_000) => scanWithClamd(bytes('Notat'), { url, timeoutMs }, signal);

  it('is unavailable when nobody listens', async () => {
    const url = await answering(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    await expect(scan(url)).rejects.toThrow(VirusCheckUnavailable);
    await expect(scan('unix:/findes/ikke.sock')).rejects.toThrow(VirusCheckUnavailable);
  });

  it.each([
    ['hangs up', (socket: Socket) => socket.end()],
    ['answers with an error', (socket: Socket) => socket.end("stream: Can't allocate memory ERROR\0")],
    ['answers as another program would', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['breaks off in its answer', (socket: Socket) => socket.end('stream: O')],
  ])('is unavailable when the other side %s', async (_what, answer) => {
    await expect(scan(await answering(answer))).rejects.toThrow(/is checked again\.$/);
  });

  it('is unavailable when the other side is silent for too long', async () => {
    await expect(scan(await answering(() => undefined), 50)).rejects.toThrow('did not answer in time');
  });

  it('ends when the work is given up', async () => {
    const given = new AbortController();
    const url = await answering(() => given.abort());
    const pending = scanWithClamd(bytes('Notat'), { url, timeoutMs: 5_000 }, given.signal);
    await expect(pending).rejects.toThrow(/abort/i);
  });
});
