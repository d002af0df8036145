import { createHash } from 'node:crypto';
import type { PushAnswer, ReceiptPush } from '../contracts';
import { readBesked, type BeskedRules } from './beskedfordeler/besked';
import { ForgedReceiptError, parseReceipt, ReceiptError } from './receipts';
import { plainFingerprint } from './transport/client-certificate';

export interface PushSenders {
  /** SHA-256 fingerprints of the client certificates that may push receipts, in hex with or without colons. */
  senders: readonly string[];
}

/** The door for NgDP's REST_PUSH: a receipt in JSON; 200 takes it out of NgDP's queue, anything else leaves it there. */
export function ngdpReceiptPush({ senders }: PushSenders): ReceiptPush {
  return {
    receive(raw, fingerprint) {
      requireKnown(senders, fingerprint);
      return parseReceipt(nameOf(raw), raw);
    },
    answer(error) {
      const status = error === undefined ? 200 : statusFor(error);
      return { status, contentType: 'text/plain; charset=utf-8', body: sentenceFor(error) };
    },
  };
}

/** The door for Beskedfordeler (BeskedFåTilsendt): always HTTP 200, and 20 or 40 in its StandardRetur. */
export function beskedfordelerPush(rules: BeskedRules & PushSenders): ReceiptPush {
  return {
    receive(raw, fingerprint) {
      requireKnown(rules.senders, fingerprint);
      return readBesked(raw, rules);
    },
    answer: (error) => standardReturn(error === undefined ? 20 : 40, sentenceFor(error)),
  };
}

/** Without a list of senders nobody is known: an open door would let anyone call a message delivered. */
function requireKnown(senders: readonly string[], fingerprint: string | undefined): void {
  const given = plainFingerprint(fingerprint ?? '');
  if (given.length === 64 && senders.some((known) => plainFingerprint(known) === given)) return;
  throw new ForgedReceiptError('A receipt was pushed by a system whose certificate is not known. It was not taken in.');
}

/** A pushed receipt of NgDP has no name of its own: one from its bytes is the same when it comes twice (RFC 9562 § 5.8). */
function nameOf(raw: string): string {
  const hex = createHash('sha256').update(raw).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function statusFor(error: unknown): number {
  if (error instanceof ForgedReceiptError) return 403;
  return error instanceof ReceiptError ? 400 : 500;
}

/** Our own sentences go out; what else broke is for our log alone. */
function sentenceFor(error: unknown): string {
  if (error === undefined) return '';
  const isOurs = error instanceof ForgedReceiptError || error instanceof ReceiptError;
  return isOurs ? error.message : 'The receipt could not be stored. Send it again.';
}

function standardReturn(code: 20 | 40, sentence: string): PushAnswer {
  const text = sentence.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const body =
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    '<sts:ModtagBeskedOutput xmlns:sts="urn:oio:sts:1.0.0" xmlns:sd="urn:oio:sagdok:3.0.0">' +
    `<sd:StandardRetur><sd:StatusKode>${code}</sd:StatusKode>` +
    `<sd:FejlbeskedTekst>${text}</sd:FejlbeskedTekst></sd:StandardRetur></sts:ModtagBeskedOutput>\n`;
  return { status: 200, contentType: 'application/xml; charset=utf-8', body };
}
