import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { canonicalBytes } from './canonical-json';

/** DER of an Ed25519 key but for its 32 bytes (RFC 8410). */
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Everything in lower-case hexadecimal, so that no two spellings mean the same. */
export interface Signature {
  algorithm: 'Ed25519';
  keyId: string;
  publicKey: string;
  value: string;
}

export interface KeyPair {
  keyId: string;
  /** 32 bytes each. */
  publicKey: Buffer;
  privateKey: Buffer;
}

export function newKeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(PUBLIC_PREFIX.length);
  return {
    keyId: keyIdOf(raw),
    publicKey: raw,
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(PRIVATE_PREFIX.length),
  };
}

/** The first half of the public key's SHA-256: short enough to read aloud, long enough to name one key. */
export function keyIdOf(publicKey: Buffer): string {
  return createHash('sha256').update(publicKey).digest('hex').slice(0, 32);
}

/** Signs the canonical form of everything but the signature's own value. */
export function signed<T extends object>(content: T, key: KeyPair): T & { signature: Signature } {
  const head = { algorithm: 'Ed25519' as const, keyId: key.keyId, publicKey: key.publicKey.toString('hex') };
  const value = sign(null, canonicalBytes({ ...content, signature: head }), privateKeyOf(key.privateKey));
  return { ...content, signature: { ...head, value: value.toString('hex') } };
}

/** True when the content is what was signed by the key that stands in it. Whose key that is, is another question. */
export function isSigned({ signature, ...content }: object & { signature: Signature }): boolean {
  const { value, ...head } = signature;
  const publicKey = Buffer.from(head.publicKey, 'hex');
  if (head.algorithm !== 'Ed25519' || publicKey.length !== 32 || keyIdOf(publicKey) !== head.keyId) return false;
  const given = Buffer.from(value, 'hex');
  // The value itself is not signed: another spelling of it would pass unseen.
  if (given.toString('hex') !== value) return false;
  return verify(null, canonicalBytes({ ...content, signature: head }), publicKeyOf(publicKey), given);
}

function publicKeyOf(raw: Buffer): KeyObject {
  return createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, raw]), format: 'der', type: 'spki' });
}

function privateKeyOf(raw: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, raw]), format: 'der', type: 'pkcs8' });
}
