import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** What clamd says of one file. `unchecked`: it answered, but did not look at all of it. */
export type ClamdVerdict =
  { kind: 'clean' } | { kind: 'infected'; signature: string } | { kind: 'unchecked'; why: 'too-large' };

/** clamd gave no verdict: it is down, busy, too slow or answered with something else. Never to be taken for "clean". */
export class VirusCheckUnavailable extends Error {
  override readonly name = 'VirusCheckUnavailable';
}

export interface ClamdOptions {
  /** `tcp://host:port` or `unix:/path/of/the/socket`. */
  url: string;
  /** Longest silence in milliseconds, while sending and while waiting for the verdict. */
  timeoutMs: number;
}

const NUL = 0;
/** A verdict is a line; whatever is longer than this is no clamd. */
const LONGEST_ANSWER = 4096;

/**
 * Has one file checked by clamd with `INSTREAM` (clamd(8)): chunks with their length in four bytes before them, a length of
 * zero at the end. The file itself need not be readable for clamd's user.
 * @throws VirusCheckUnavailable when there is no verdict
 */
export async function scanWithClamd(
  content: AsyncIterable<Buffer>,
  { url, timeoutMs }: ClamdOptions,
  signal: AbortSignal,
): Promise<ClamdVerdict> {
  signal.throwIfAborted();
  const socket = openSocket(url);
  const answered = answerOf(socket, timeoutMs);
  const stop = (): void => void socket.destroy(signal.reason as Error);
  signal.addEventListener('abort', stop, { once: true });
  try {
    await send(socket, content, answered);
    return verdictIn(await answered);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    socket.destroy();
  }
}

function openSocket(url: string): Socket {
  if (url.startsWith('unix:')) return connect({ path: url.slice('unix:'.length) });
  const { hostname, port } = new URL(url);
  return connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) });
}

/** The whole answer, up to its NUL or the end of the connection. */
function answerOf(socket: Socket, timeoutMs: number): Promise<string> {
  const answered = new Promise<string>((resolve, reject) => {
    let answer = Buffer.alloc(0);
    socket.setTimeout(timeoutMs, () => reject(unavailable('did not answer in time')));
    socket.on('data', (chunk: Buffer) => {
      answer = Buffer.concat([answer, chunk]);
      if (answer.includes(NUL) || answer.length > LONGEST_ANSWER) resolve(answer.toString('utf8'));
    });
    socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (answer.length === 0) reject(unavailable(`could not be reached or hung up (${code ?? 'no connection'})`));
    });
    socket.on('close', () => (answer.length > 0 ? resolve(answer.toString('utf8')) : reject(unavailable('hung up'))));
  });
  // It may fail before anybody waits for it.
  answered.catch(() => undefined);
  return answered;
}

/**
 * Sends until all is sent or clamd has said its word: for a file that is too large it does so early and hangs up, so its
 * word is looked for before each chunk; writing to a closed connection would throw it away unread.
 */
async function send(socket: Socket, content: AsyncIterable<Buffer>, answered: Promise<string>): Promise<void> {
  let isAnswered = false;
  const end = (): void => void (isAnswered = true);
  const ended = answered.then(end, end);
  const write = (bytes: Buffer): Promise<unknown> =>
    Promise.race([new Promise((resolve) => socket.write(bytes, resolve)), ended]);
  await write(Buffer.from('zINSTREAM\0'));
  for await (const chunk of content) {
    await nextTurn();
    if (isAnswered) return;
    if (chunk.length > 0) await write(framed(chunk));
  }
  await nextTurn();
  if (!isAnswered) await write(Buffer.alloc(4));
}

function framed(chunk: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(chunk.length);
  return Buffer.concat([length, chunk]);
}

function verdictIn(answer: string): ClamdVerdict {
  const line = answer.replace(/\0[\s\S]*$/, '').trim();
  if (line === 'stream: OK') return { kind: 'clean' };
  const found = /^stream: (\S+) FOUND$/.exec(line);
  if (found) return { kind: 'infected', signature: found[1] };
  if (/size limit exceeded/i.test(line)) return { kind: 'unchecked', why: 'too-large' };
  throw unavailable('answered with something that is no verdict');
}

function unavailable(what: string): VirusCheckUnavailable {
  return new VirusCheckUnavailable(`The virus check ${what}; the file waits and is checked again.`);
}
