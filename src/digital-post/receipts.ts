import type { DigitalPostReceipt, ReceiptStatus } from '../contracts';
import { withoutCpr } from './without-cpr';

/** Thrown for an answer of NgDP that is no receipt; the text names the field, never the content. */
export class ReceiptError extends Error {
  override readonly name = 'ReceiptError';
}

/** Thrown for a receipt that is not from whom it says, or not for this authority: it must change nothing. */
export class ForgedReceiptError extends Error {
  override readonly name = 'ForgedReceiptError';
}

/** NgDP's own; the others come by SF1601. */
const STATUSES: readonly ReceiptStatus[] = ['RECEIVED', 'COMPLETED', 'INVALID', 'NOT_ALLOWED'];

/**
 * How much a status says. A refusal outdoes RECEIVED; COMPLETED, delivered to the mailbox, is proof and outdoes all: it
 * is never left again, whatever comes late or twice. A letter that the postal operator took stays taken too, and only
 * news from that operator says more.
 */
const WEIGHT: Readonly<Record<ReceiptStatus, number>> = {
  RECEIVED: 1,
  PRINTING: 1,
  POSTED: 2,
  INVALID: 3,
  NOT_ALLOWED: 3,
  FAILED: 3,
  RECALLED: 3,
  HANDED_OVER: 4,
  RETURNED: 5,
  COMPLETED: 6,
};
const DELIVERED: readonly ReceiptStatus[] = ['COMPLETED', 'HANDED_OVER', 'RETURNED'];
const UNDER_WAY: readonly ReceiptStatus[] = ['RECEIVED', 'PRINTING', 'POSTED'];

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads a receipt of NgDP (the Receipt model of its OpenAPI description): `messageUUID`, `receiptStatus` and `timeStamp`
 * are required, empty values count as absent, unknown fields are kept in `raw` only.
 * Throws {@link ReceiptError} when it is not one.
 */
export function parseReceipt(receiptId: string, raw: string): DigitalPostReceipt {
  const fields = fieldsOf(raw);
  const messageUUID = text(fields, 'messageUUID');
  if (!messageUUID || !UUID.test(messageUUID)) throw new ReceiptError('A receipt names no message by UUID.');
  const status = STATUSES.find((known) => known === text(fields, 'receiptStatus'));
  if (!status) throw new ReceiptError(`The receipt of message ${messageUUID} has no status that is known.`);
  const at = new Date(text(fields, 'timeStamp') ?? '');
  if (Number.isNaN(at.getTime())) throw new ReceiptError(`The receipt of message ${messageUUID} has no valid time.`);
  return {
    receiptId,
    transmissionId: text(fields, 'transmissionId'),
    messageUUID: messageUUID.toLowerCase(),
    messageId: text(fields, 'messageId'),
    status,
    errorCode: text(fields, 'errorCode'),
    errorMessage: masked(text(fields, 'errorMessage')),
    at: at.toISOString(),
    raw,
  };
}

/** The status of a message after one more receipt, in whatever order they come. */
export function statusAfter(known: ReceiptStatus | undefined, incoming: ReceiptStatus): ReceiptStatus {
  if (known === undefined) return incoming;
  return WEIGHT[incoming] > WEIGHT[known] ? incoming : known;
}

/** True when the receipts say both delivered and refused: someone must ask Digital Post which is right. */
export function contradicts(known: ReceiptStatus | undefined, incoming: ReceiptStatus): boolean {
  if (!isFinal(known) || !isFinal(incoming)) return false;
  return DELIVERED.includes(known) !== DELIVERED.includes(incoming);
}

/** True when no later receipt is expected. */
export function isFinal(status: ReceiptStatus | undefined): status is ReceiptStatus {
  return status !== undefined && !UNDER_WAY.includes(status);
}

function fieldsOf(raw: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(raw);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Falls through: both are the same to the reader.
  }
  throw new ReceiptError('A receipt is not a JSON object.');
}

function text(fields: Record<string, unknown>, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** NgDP repeats values of the message in its reasons; the exact text is in `raw`. */
function masked(reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : withoutCpr(reason);
}
