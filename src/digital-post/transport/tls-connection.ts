import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent, request, type RequestOptions } from 'node:https';
import { readExactly, sizeOf, type Bytes } from '../byte-source';
import { ClientCertificate, type CertificateMaterial } from './client-certificate';
import { ExchangeError } from './exchange-error';

/** Mutual TLS and how long to wait. */
export type TlsSettings = CertificateMaterial & {
  /** PEM: the authorities that may have signed the server's certificate. Absent: those Node trusts. */
  ca?: string | Buffer;
  /** Milliseconds without a byte before a connection counts as lost; default 30,000. */
  idleTimeoutMs?: number;
  /** Milliseconds for a whole exchange; default 180,000. */
  totalTimeoutMs?: number;
};

export interface Answer {
  status: number;
  mediaType: string;
  /** Milliseconds from `Retry-After`, in seconds or as a date. */
  retryAfterMs?: number;
  body: string;
}

export interface Exchange {
  method: 'GET' | 'POST' | 'DELETE';
  /** May hold a CPR number: never logged, never put into an error. */
  url: URL;
  headers?: Readonly<Record<string, string>>;
  body?: Bytes;
  contentType?: string;
}

const MOST_ANSWER_BYTES = 4_194_304;
/** Node's codes for a certificate that one side does not take. */
const CERTIFICATE_CODE = /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO|HOSTNAME|DEPTH_ZERO/;

/**
 * HTTP/1.1 over mutual TLS (the platform breaks HTTP/2 streams). What the network does becomes an {@link ExchangeError};
 * redirects are answers, never followed. An expired certificate of our own is refused before anything is sent, and what
 * breaks while the body is read is thrown as it is.
 */
export class TlsConnection {
  readonly certificate: ClientCertificate;
  private readonly agent: Agent;

  constructor(private readonly settings: TlsSettings) {
    this.certificate = new ClientCertificate(settings);
    const pair = this.certificate.material;
    this.agent = new Agent({ ...pair, ca: settings.ca, keepAlive: true, maxSockets: 4, minVersion: 'TLSv1.2' });
  }

  /** Lets idle connections go. */
  close(): void {
    this.agent.destroy();
  }

  async exchange(wanted: Exchange, signal: AbortSignal): Promise<Answer> {
    this.certificate.requireValid();
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(failureOf('aborted'));
      const outgoing = request(wanted.url, this.options(wanted));
      const settle = (act: () => void) => {
        clearTimeout(total);
        signal.removeEventListener('abort', abort);
        act();
      };
      // Rejects at once: a request that still waits for a socket would not tell of its end.
      const giveUp = (failure: 'timeout' | 'aborted') => {
        const error = failureOf(failure);
        outgoing.destroy(error);
        settle(() => reject(error));
      };
      const abort = () => giveUp('aborted');
      const total = setTimeout(() => giveUp('timeout'), this.settings.totalTimeoutMs ?? 180_000);
      signal.addEventListener('abort', abort, { once: true });
      outgoing.on('timeout', () => giveUp('timeout'));
      outgoing.on('error', (error) => settle(() => reject(safeError(error))));
      outgoing.on('response', (incoming) => {
        readAnswer(incoming).then(
          (answer) => settle(() => resolve(answer)),
          (error: unknown) => {
            outgoing.destroy();
            settle(() => reject(safeError(error)));
          },
        );
      });
      writeBody(outgoing, wanted.body).catch((error: Error) => {
        outgoing.destroy();
        settle(() => reject(error));
      });
    });
  }

  private options({ method, headers, body, contentType }: Exchange): RequestOptions {
    const all: Record<string, string> = { ...headers };
    if (body) all['Content-Length'] = String(sizeOf(body));
    if (contentType) all['Content-Type'] = contentType;
    return { method, headers: all, agent: this.agent, timeout: this.settings.idleTimeoutMs ?? 30_000 };
  }
}

/** In slices, waiting for the socket: the TLS layer would otherwise copy the whole message at once. */
async function writeBody(outgoing: ClientRequest, body: Bytes | undefined): Promise<void> {
  if (body) {
    for await (const part of readExactly(body)) {
      if (outgoing.destroyed) return;
      if (!outgoing.write(part)) await drained(outgoing);
    }
  }
  if (!outgoing.destroyed) outgoing.end();
}

/** Also resolves when the connection ends: nobody would ever drain it. */
function drained(outgoing: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      outgoing.off('drain', done).off('close', done).off('error', done);
      resolve();
    };
    outgoing.on('drain', done).on('close', done).on('error', done);
    if (outgoing.destroyed) done();
  });
}

async function readAnswer(incoming: IncomingMessage): Promise<Answer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_ANSWER_BYTES)
      throw new ExchangeError('answer', 'The answer of Digital Post is larger than 4 MiB.');
    parts.push(part);
  }
  return {
    status: incoming.statusCode ?? 0,
    mediaType: (incoming.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase(),
    retryAfterMs: retryAfter(incoming.headers['retry-after']),
    body: Buffer.concat(parts).toString('utf8'),
  };
}

/** RFC 9110 § 10.2.3: seconds, or a date. A date in the past means now. */
function retryAfter(value: string | undefined): number | undefined {
  if (!value) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function failureOf(failure: 'timeout' | 'aborted'): ExchangeError {
  return failure === 'timeout'
    ? new ExchangeError('timeout', 'Digital Post did not answer in time.')
    : new ExchangeError('aborted', 'The exchange with Digital Post was stopped before it answered.');
}

/** Only Node's code is kept: messages and causes of network errors are not ours to trust with an address. */
function safeError(error: unknown): ExchangeError {
  if (error instanceof ExchangeError) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? 'no code';
  if (CERTIFICATE_CODE.test(code)) {
    return new ExchangeError(
      'certificate',
      `The TLS connection to Digital Post was refused (${code}). Check both certificates, their authority and their expiry.`,
    );
  }
  return new ExchangeError('connection', `The connection to Digital Post broke (${code}).`);
}
