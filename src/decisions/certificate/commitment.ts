import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalBytes } from './canonical-json';

/**
 * A commitment to a removed text: HMAC-SHA256 keyed by a salt of its own, in hexadecimal. Who holds the salt and the text can
 * show that this was removed; who does not hold the salt cannot even try texts out. Salts are derived one a redaction from
 * the authority's key, so one says nothing of the next.
 * @param salt 32 bytes
 */
export function commitTo(salt: Buffer, redaction: string, text: string): string {
  return createHmac('sha256', salt).update(canonicalBytes({ redaction, text })).digest('hex');
}

export function isCommittedTo(commitment: string, salt: Buffer, redaction: string, text: string): boolean {
  const [given, computed] = [Buffer.from(commitment, 'hex'), Buffer.from(commitTo(salt, redaction, text), 'hex')];
  return given.length === computed.length && timingSafeEqual(given, computed);
}
