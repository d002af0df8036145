import { SourceError, type SourceErrorClass } from '../../contracts';
import { sentence, type Asked } from '../http/source-errors';

/** Response codes of a refused command (RFC 5530), and what they mean here. */
const CODES: Record<string, [SourceErrorClass, boolean, string]> = {
  AUTHENTICATIONFAILED: ['auth', false, 'did not accept the service account; check its password or secret'],
  AUTHORIZATIONFAILED: ['auth', false, 'does not let the service account into this mailbox; check its rights'],
  EXPIRED: ['auth', false, 'says that the password of the service account has run out'],
  PRIVACYREQUIRED: ['auth', false, 'wants an encrypted connection; set "security" of the source'],
  NOPERM: ['forbidden', false, 'refuses the service account this item; it exists or may exist, and must be asked for'],
  NONEXISTENT: ['not_found', false, 'does not have it any more'],
  INUSE: ['locked', true, 'says that it is in use by someone else'],
  LIMIT: ['rate_limited', true, 'asks us to slow down'],
  THROTTLED: ['rate_limited', true, 'asks us to slow down'],
  UNAVAILABLE: ['unavailable', true, 'is out of order; it is tried again'],
  SERVERBUG: ['unavailable', true, 'is out of order; it is tried again'],
  CONTACTADMIN: ['unavailable', true, 'asks its operator to look at it; it is tried again'],
};
const TLS = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(VERIFY|GET))/;

/** As the library keeps the answer to a refused FETCH, whose code it does not take out. */
interface RawAnswer {
  attributes?: { section?: { value?: unknown }[] }[];
}

interface ImapFault {
  response?: RawAnswer | string;
  code?: string;
  serverResponseCode?: string;
  authenticationFailed?: boolean;
  responseStatus?: string;
  tlsFailed?: boolean;
}

/** The error for a failed command or connection. What the server wrote is never quoted: it may hold personal data. */
export function errorForImap(cause: unknown, asked: Asked, hasBegun: boolean): SourceError {
  if (cause instanceof SourceError) return cause;
  const fault = (cause ?? {}) as ImapFault;
  const code = fault.serverResponseCode ?? codeIn(fault.response);
  const known = CODES[code];
  if (known) return error(known[0], known[1], `${known[2]} (${code})`, asked);
  if (fault.authenticationFailed) return error(...CODES.AUTHENTICATIONFAILED, asked);
  if (fault.tlsFailed || TLS.test(fault.code ?? '')) {
    return error(
      'tls',
      false,
      'showed a certificate that is not trusted, or no encryption; set the CA of the source',
      asked,
    );
  }
  if (fault.responseStatus === 'NO') {
    return error('unavailable', true, 'refused the command without saying why (NO); it is tried again', asked);
  }
  if (fault.responseStatus === 'BAD') {
    return error(
      'contract',
      false,
      'does not understand the command (BAD); it is no server of the kind that was set',
      asked,
    );
  }
  if (hasBegun) return error('truncated', true, 'stopped in the middle of its answer; it is tried again', asked);
  return error(
    'unavailable',
    true,
    `could not be reached (${fault.code ?? 'no connection'}); it is tried again`,
    asked,
  );
}

/** The server knew neither the password nor the token. */
export function isRefusedLogin(cause: unknown): boolean {
  return ((cause ?? {}) as ImapFault).authenticationFailed === true;
}

function codeIn(response: ImapFault['response']): string {
  const value = typeof response === 'object' ? response.attributes?.[0]?.section?.[0]?.value : undefined;
  return typeof value === 'string' ? value.toUpperCase() : '';
}

export function timedOut(asked: Asked): SourceError {
  return error('timeout', true, 'did not answer in time; it is tried again', asked);
}

function error(errorClass: SourceErrorClass, retryable: boolean, words: string, asked: Asked): SourceError {
  return new SourceError(errorClass, sentence(asked, words), retryable);
}
