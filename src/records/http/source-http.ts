import type { Readable } from 'node:stream';
import { Agent, request, type Dispatcher } from 'undici';
import { SourceError } from '../../contracts';
import { openChecked, type ExpectedFile } from './checked-stream';
import { looksLikeHtml } from './file-kind';
import { RequestBudget } from './request-budget';
import { withRetries, type RetryRules } from './retry';
import { parseXml, type XmlElement } from './xml-element';
import { contractError, errorForStatus, errorForTransport, sentence, type Asked } from './source-errors';

export interface HttpRules extends RetryRules {
  /** Longest silence in milliseconds, before the answer and inside it. */
  timeoutMs: number;
  parallel: number;
  requestsPerSecond: number;
  /** PEM text of the CA that signed the source's certificate; the public ones are trusted without it. */
  ca?: string;
}

/** Says who we are. `renew` is called once when the source answers 401 to `stale`. */
export interface Credentials {
  token(signal: AbortSignal): Promise<string>;
  renew(stale: string, signal: AbortSignal): Promise<string>;
  /** How the token is shown; `Authorization: Bearer` when left out. */
  headers?(token: string): Record<string, string>;
}

export type Asking = Omit<Dispatcher.RequestOptions<null>, 'origin' | 'path'> & { dispatcher: Dispatcher };

/** A login that belongs to the connection (NTLM): there is one connection, and one request at a time. */
export interface ConnectionLogin {
  request(url: URL, options: Asking): Promise<Dispatcher.ResponseData>;
}

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PROPFIND';
  path: string;
  /** What is asked for, for error messages: no CPR, no title. */
  asked: Asked;
  headers?: Record<string, string>;
  body?: string | Readable;
  /** False for a call that changes something and is not idempotent. */
  retry?: boolean;
  /** Statuses beside 2xx that are an answer and no refusal. */
  alsoFine?: number[];
}

/** Turns the body of an answer into the bytes of the file that is in it, piece by piece. */
export type Unwrap = (body: AsyncIterable<Buffer>) => AsyncIterable<Buffer>;

/** Far above any list of a municipality's case, and small enough to hold in memory. */
const LONGEST_JSON = 32 * 1024 * 1024;

const LONGEST_REFUSAL = 16 * 1024;

/** One host, asked politely: budget, timeouts, retries of reads, own CA, no redirects, nothing outside `baseUrl`. */
export class SourceHttp {
  private readonly base: URL;
  private readonly agent: Agent;
  private readonly budget: RequestBudget;

  constructor(
    baseUrl: string,
    private readonly rules: HttpRules,
    private readonly credentials?: Credentials,
    private readonly login?: ConnectionLogin,
  ) {
    this.base = new URL(baseUrl);
    this.budget = new RequestBudget(login ? 1 : rules.parallel, rules.requestsPerSecond);
    this.agent = new Agent({
      ...(login ? { connections: 1, pipelining: 1 } : {}),
      headersTimeout: rules.timeoutMs,
      bodyTimeout: rules.timeoutMs,
      connect: { timeout: rules.timeoutMs, ca: rules.ca },
    });
  }

  /** The answer as JSON, whole; the caller checks its shape. */
  async json(call: Call, signal: AbortSignal): Promise<unknown> {
    return this.tried(call, signal, async (answer, leave) => {
      try {
        return parseJson(await readWhole(answer.body, call.asked), call.asked);
      } finally {
        leave();
      }
    });
  }

  /** The answer as XML, whole; the caller checks its shape. */
  async xml(call: Call, signal: AbortSignal): Promise<XmlElement> {
    return this.tried(call, signal, async (answer, leave) => {
      try {
        return parseXml((await readWhole(answer.body, call.asked)).toString('utf8'), call.asked);
      } finally {
        leave();
      }
    });
  }

  /** The answer as text, whole, with its headers. */
  async text(call: Call, signal: AbortSignal): Promise<{ text: string; headers: Dispatcher.ResponseData['headers'] }> {
    return this.tried(call, signal, async (answer, leave) => {
      try {
        const text = (await readWhole(answer.body, call.asked)).toString('utf8');
        return { text, headers: answer.headers };
      } finally {
        leave();
      }
    });
  }

  /** The answer as a stream that fails unless the whole file came (see {@link openChecked}). Read it or destroy it. */
  async file(
    call: Call,
    expected: ExpectedFile,
    signal: AbortSignal,
    unwrap?: Unwrap,
  ): Promise<{ stream: Readable; mediaType?: string }> {
    return this.tried(call, signal, async (answer, leave) => {
      // Giving up on a body is reported by the body too; the error that matters is thrown below or came before.
      answer.body.on('error', () => undefined);
      try {
        const contentLength = unwrap ? undefined : lengthOf(answer.headers['content-length']);
        const bytes = unwrap ? unwrap(answer.body) : answer.body;
        const opened = await openChecked(bytes, { ...expected, contentLength }, call.asked);
        const stop = (): void => void opened.stream.destroy(signal.reason as Error);
        signal.addEventListener('abort', stop, { once: true });
        opened.stream.once('close', () => {
          signal.removeEventListener('abort', stop);
          answer.body.destroy();
          leave();
        });
        return opened;
      } catch (error) {
        answer.body.destroy();
        leave();
        throw error;
      }
    });
  }

  /** Closes the connections that are kept open. */
  async close(): Promise<void> {
    await this.agent.close();
  }

  private async tried<T>(
    call: Call,
    signal: AbortSignal,
    read: (answer: Dispatcher.ResponseData, leave: () => void) => Promise<T>,
  ): Promise<T> {
    const rules = call.retry === false ? { ...this.rules, retries: 0 } : this.rules;
    return withRetries(rules, signal, async () => {
      const token = await this.credentials?.token(signal);
      const leave = await this.budget.enter(signal);
      let answer: Dispatcher.ResponseData;
      try {
        answer = await this.send(call, token, signal);
        if (answer.statusCode === 401 && token && this.credentials) {
          await answer.body.dump();
          const fresh = await this.credentials.renew(token, signal);
          if (isStream(call.body)) throw tokenDied(call.asked);
          answer = await this.send(call, fresh, signal);
        }
        await refuseBadStatus(answer, call);
      } catch (cause) {
        leave();
        throw signal.aborted ? signal.reason : errorForTransport(cause, call.asked, false);
      }
      return read(answer, leave);
    });
  }

  private async send(call: Call, token: string | undefined, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const url = new URL(call.path, this.base);
    if (url.origin !== this.base.origin)
      throw contractError(call.asked, 'pointed at another host, which is never asked');
    const shown = token ? (this.credentials?.headers?.(token) ?? { authorization: `Bearer ${token}` }) : {};
    return (this.login ?? UNDICI).request(url, {
      method: call.method,
      headers: { accept: '*/*', ...shown, ...call.headers },
      body: call.body,
      dispatcher: this.agent,
      signal,
    });
  }
}

const UNDICI: ConnectionLogin = { request };

async function refuseBadStatus(answer: Dispatcher.ResponseData, { asked, alsoFine }: Call): Promise<void> {
  if (answer.statusCode >= 200 && answer.statusCode < 300) return;
  if (alsoFine?.includes(answer.statusCode)) return;
  const reason = await reasonIn(answer.body);
  const header = answer.headers['retry-after'];
  throw errorForStatus(answer.statusCode, asked, Array.isArray(header) ? header[0] : header, reason);
}

/** The code of a refusal, where the source gives one; nothing else of the body is ever shown. */
async function reasonIn(body: AsyncIterable<Buffer>): Promise<string | undefined> {
  let text = '';
  try {
    for await (const chunk of body) {
      text += chunk.toString('utf8');
      if (text.length > LONGEST_REFUSAL) break;
    }
  } catch {
    // The status is what counts; a refusal that is cut is a refusal.
    return undefined;
  }
  return /"?\bReasonCode"?(?:\s*:\s*"|>)([A-Za-z]{3,40})(?:"|<)/.exec(text)?.[1];
}

async function readWhole(body: AsyncIterable<Buffer>, asked: Asked): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > LONGEST_JSON) throw contractError(asked, 'gave a list larger than 32 MiB');
      chunks.push(chunk);
    }
  } catch (cause) {
    throw errorForTransport(cause, asked, true);
  }
  return Buffer.concat(chunks);
}

function parseJson(bytes: Buffer, asked: Asked): unknown {
  // A web page with status 200 is usually a proxy in trouble, so it is worth another try.
  if (looksLikeHtml(bytes)) throw contractError(asked, 'answered with a web page where data was expected', true);
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw contractError(asked, 'answered with something that is not JSON', true);
  }
}

function lengthOf(header: string | string[] | undefined): number | undefined {
  const length = Number(Array.isArray(header) ? header[0] : (header ?? Number.NaN));
  return Number.isInteger(length) ? length : undefined;
}

/** A stream can be sent once only, so the caller has to come again; the token is new by then. */
function tokenDied(asked: Asked): SourceError {
  return new SourceError('auth', sentence(asked, 'let the access token die on the way; it is sent again'), true);
}

function isStream(body: Call['body']): boolean {
  return typeof body === 'object';
}
