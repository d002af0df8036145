import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent, request, type RequestOptions } from 'node:https';
import { NgdpError } from './ngdp-error';
import type { NgdpSettings } from './ngdp-settings';

export interface NgdpAnswer {
  status: number;
  mediaType: string;
  /** Milliseconds from `Retry-After`, in seconds or as a date. */
  retryAfterMs?: number;
  body: string;
}

export interface NgdpRequest {
  method: 'GET' | 'POST' | 'DELETE';
  /** Under the base address. May hold a CPR number: never logged, never put into an error. */
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: Uint8Array;
  contentType?: string;
}

const MOST_ANSWER_BYTES = 4_194_304;
const BODY_CHUNK = 262_144;
/** Node's codes for a certificate that one side does not take. */
const CERTIFICATE_CODE = /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO|HOSTNAME|DEPTH_ZERO/;

/** HTTP/1.1 over mutual TLS. Every failure becomes an {@link NgdpError}; redirects are answers, never followed. */
export class NgdpConnection {
  private readonly agent: Agent;
  private readonly base: URL;

  constructor(private readonly settings: NgdpSettings) {
    this.base = new URL(settings.baseUrl.replace(/\/*$/, '/'));
    if (this.base.protocol !== 'https:') throw new TypeError('The address of Digital Post must begin with https://.');
    const { cert, key, passphrase, ca } = settings;
    this.agent = new Agent({ cert, key, passphrase, ca, keepAlive: true, maxSockets: 4, minVersion: 'TLSv1.2' });
  }

  /** Lets idle connections go. */
  close(): void {
    this.agent.destroy();
  }

  exchange(wanted: NgdpRequest, signal: AbortSignal): Promise<NgdpAnswer> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(failureOf('aborted'));
      const url = new URL(wanted.path, this.base);
      for (const [name, value] of Object.entries(wanted.query ?? {})) url.searchParams.set(name, value);
      const outgoing = request(url, this.options(wanted));
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
      writeBody(outgoing, wanted.body);
    });
  }

  private options({ method, body, contentType }: NgdpRequest): RequestOptions {
    const { systemId, apiToken, idleTimeoutMs } = this.settings;
    const headers: Record<string, string> = {
      Accept: 'application/json',
      Authorization: `Basic ${Buffer.from(`${systemId}:${apiToken}`).toString('base64')}`,
    };
    if (body) headers['Content-Length'] = String(body.byteLength);
    if (contentType) headers['Content-Type'] = contentType;
    return { method, headers, agent: this.agent, timeout: idleTimeoutMs ?? 30_000 };
  }
}

/** In slices, waiting for the socket: the TLS layer would otherwise copy the whole message at once. */
function writeBody(outgoing: ClientRequest, body: Uint8Array | undefined): void {
  let start = 0;
  const next = (): void => {
    while (body && start < body.byteLength) {
      if (outgoing.destroyed) return;
      const flows = outgoing.write(body.subarray(start, start + BODY_CHUNK));
      start += BODY_CHUNK;
      if (!flows) return void outgoing.once('drain', next);
    }
    outgoing.end();
  };
  next();
}

async function readAnswer(incoming: IncomingMessage): Promise<NgdpAnswer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_ANSWER_BYTES) throw new NgdpError('answer', 'The answer of Digital Post is larger than 4 MiB.');
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

function failureOf(failure: 'timeout' | 'aborted'): NgdpError {
  return failure === 'timeout'
    ? new NgdpError('timeout', 'Digital Post did not answer in time.')
    : new NgdpError('aborted', 'The exchange with Digital Post was stopped before it answered.');
}

/** Only Node's code is kept: messages and causes of network errors are not ours to trust with an address. */
function safeError(error: unknown): NgdpError {
  if (error instanceof NgdpError) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? 'no code';
  if (CERTIFICATE_CODE.test(code)) {
    return new NgdpError(
      'certificate',
      `The TLS connection to Digital Post was refused (${code}). Check both certificates, their authority and their expiry.`,
    );
  }
  return new NgdpError('connection', `The connection to Digital Post broke (${code}).`);
}
