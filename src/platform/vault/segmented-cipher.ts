import { createCipheriv, createDecipheriv } from 'node:crypto';

/** Plain bytes in one segment. */
export const SEGMENT_BYTES = 1024 * 1024;
export const TAG_BYTES = 16;

/**
 * AES-256-GCM in segments, so that a reader never hands on bytes that were not verified. A segment's nonce is its
 * index and whether it is the last: a segment that is moved, left out or cut off does not open. A key is used for one
 * file only, which is why counting nonces is safe.
 */
function nonce(index: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(isLast ? 1 : 0, 0);
  bytes.writeBigUInt64BE(BigInt(index), 4);
  return bytes;
}

export function sealSegment(key: Buffer, plain: Buffer, index: number, isLast: boolean): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce(index, isLast));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

export function openSegment(key: Buffer, sealed: Buffer, index: number, isLast: boolean): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce(index, isLast));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
}

/** Cuts a stream into segments; the last one is marked, also when it is empty. */
export async function* segmentsOf(
  stream: AsyncIterable<Buffer | Uint8Array>,
  size: number,
): AsyncGenerator<{ bytes: Buffer; index: number; isLast: boolean }> {
  let held: Buffer[] = [];
  let length = 0;
  let index = 0;
  for await (const chunk of stream) {
    held.push(Buffer.from(chunk));
    length += chunk.length;
    if (length <= size) continue;
    let joined = Buffer.concat(held);
    while (joined.length > size) {
      yield { bytes: joined.subarray(0, size), index: index++, isLast: false };
      joined = joined.subarray(size);
    }
    held = [joined];
    length = joined.length;
  }
  yield { bytes: Buffer.concat(held), index, isLast: true };
}
