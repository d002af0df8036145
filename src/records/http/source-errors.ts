import { SourceError, type SourceErrorClass } from '../../contracts';
import { retryAfter } from './retry';

/** What is being asked, in words without CPR: "the case list", "file 7 of SBSYS". */
export type Asked = string;

const STATUS: Record<number, [SourceErrorClass, boolean, string]> = {
  401: ['auth', false, 'did not accept the service account; check its password and rights'],
  403: ['forbidden', false, 'refuses the service account this item; it exists or may exist, and must be asked for'],
  404: ['not_found', false, 'does not have it any more'],
  408: ['timeout', true, 'gave up waiting'],
  409: ['locked', true, 'says that it is being changed by someone else'],
  423: ['locked', true, 'says that it is locked'],
  429: ['rate_limited', true, 'asks us to slow down'],
  504: ['timeout', true, 'waited in vain for a machine behind it'],
};

/** The error for an answer that is not 2xx. The body is never quoted: it may hold personal data. */
export function errorForStatus(status: number, asked: Asked, retryAfterHeader?: string, reason?: string): SourceError {
  const known = STATUS[status];
  const wait = retryAfter(retryAfterHeader, Date.now());
  if (known) return new SourceError(known[0], sentence(asked, `${known[2]} (HTTP ${status})`), known[1], wait, reason);
  if (status >= 500) {
    const text = sentence(asked, `is out of order (HTTP ${status}); it is tried again`);
    return new SourceError('unavailable', text, true, wait);
  }
  const text = sentence(asked, `gave an answer that the contract does not know (HTTP ${status})`);
  return new SourceError('contract', text, false);
}

const TIMEOUTS = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT'];
const TLS = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(VERIFY|GET))/;

/** The error for a connection that failed. `midBody`: the answer had begun, so what came is not the whole of it. */
export function errorForTransport(cause: unknown, asked: Asked, midBody: boolean): Error {
  if (cause instanceof SourceError) return cause;
  const { code = '', name = '' } = cause as { code?: string; name?: string };
  if (name === 'AbortError') return cause as Error;
  if (TIMEOUTS.includes(code)) {
    return new SourceError('timeout', sentence(asked, 'did not answer in time; it is tried again'), true);
  }
  if (TLS.test(code)) {
    const text = sentence(asked, `showed a certificate that is not trusted (${code}); set the CA of the source`);
    return new SourceError('tls', text, false);
  }
  if (midBody) {
    const text = sentence(asked, 'stopped in the middle of its answer; it is tried again');
    return new SourceError('truncated', text, true);
  }
  const text = sentence(asked, `could not be reached (${code || 'no connection'}); it is tried again`);
  return new SourceError('unavailable', text, true);
}

export function contractError(asked: Asked, found: string, retryable = false): SourceError {
  return new SourceError('contract', sentence(asked, found), retryable);
}

export function sentence(asked: Asked, happened: string): string {
  return `Asking for ${asked}: the records system ${happened}.`;
}
