import type { SendOutcome } from '../../contracts';
import { withoutCpr } from '../without-cpr';
import type { Answer } from '../transport/tls-connection';

/** Worth another try with the same bytes: the server says "later", not "no". */
const LATER = [408, 409, 425, 429];
/** How a receiver may say that it has the UUID already; NgDP's own code is not documented. */
const DUPLICATE = /duplicate|already|exists/i;

/**
 * What the answer to a sent message means. `refused` only for a definite no: everything that leaves room for the message
 * having come in is `unknown`, so that nobody sends it anew under another UUID.
 */
export function outcomeOf(answer: Answer, messageUUID: string): SendOutcome {
  const { status, body: raw } = answer;
  const fields = jsonObject(raw);
  if (status === 200 || status === 201 || status === 202) return takenIn(fields, raw, messageUUID);
  if (status >= 500 || status < 400 || LATER.includes(status)) return later(answer);
  const code = text(fields, 'code') ?? `http.${status}`;
  const message = text(fields, 'message') ?? refusalSentence(status);
  if (DUPLICATE.test(code) || DUPLICATE.test(message)) {
    return {
      state: 'unknown',
      message: 'Digital Post says that it has a message of this UUID already. A receipt will tell what became of it.',
    };
  }
  return { state: 'refused', code, message: withoutCpr(withFieldErrors(message, fields)), raw };
}

function takenIn(fields: Record<string, unknown> | undefined, raw: string, messageUUID: string): SendOutcome {
  const named = text(fields, 'messageUUID');
  // A proxy's friendly page has a good status too; it is no receipt.
  if (!fields || (named && named.toLowerCase() !== messageUUID.toLowerCase())) {
    return { state: 'unknown', message: 'Digital Post answered with success, and not with a receipt of this message.' };
  }
  const status = text(fields, 'receiptStatus');
  if (status === 'INVALID' || status === 'NOT_ALLOWED') {
    const message = text(fields, 'errorMessage') ?? 'Digital Post refused the message without saying why.';
    return { state: 'refused', code: text(fields, 'errorCode') ?? status, message: withoutCpr(message), raw };
  }
  return { state: 'accepted', transmissionId: text(fields, 'transmissionId'), raw };
}

function later({ status, retryAfterMs }: Answer): SendOutcome {
  const message =
    status === 429
      ? 'Digital Post takes no more messages just now (429). The same message is sent again later.'
      : `Digital Post answered ${status}, which does not say whether the message came in. The same message is sent again.`;
  return { state: 'unknown', message, retryAfterMs };
}

function refusalSentence(status: number): string {
  if (status === 401)
    return 'Digital Post does not know the certificate or the token of this system (401). Renew them.';
  if (status === 403)
    return 'Digital Post does not allow this system to send the message (403). Check its permissions.';
  return `Digital Post refused the message (${status}).`;
}

/** Field names and their faults help an operator; rejected values can be personal data and stay out. */
function withFieldErrors(message: string, fields: Record<string, unknown> | undefined): string {
  const errors = fields?.['fieldErrors'];
  if (!Array.isArray(errors)) return message;
  const parts = errors
    .filter((each): each is Record<string, unknown> => typeof each === 'object' && each !== null)
    .map((each) => [text(each, 'field'), text(each, 'message')].filter(Boolean).join(': '))
    .filter(Boolean);
  return parts.length === 0 ? message : `${message} (${parts.join('; ')})`;
}

function jsonObject(raw: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(raw);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Not JSON: the caller decides what that means for the status.
  }
  return undefined;
}

function text(fields: Record<string, unknown> | undefined, name: string): string | undefined {
  const value = fields?.[name];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
