import { open, stat } from 'node:fs/promises';
import type { ByteSource } from '../contracts';

/** Thrown when a source gives another number of bytes than it promised. */
export class ByteSourceError extends Error {
  override readonly name = 'ByteSourceError';
}

export type Bytes = Uint8Array | ByteSource;

/** Bytes handed on at a time. Divisible by three, so that no base64 text but the last has padding. */
const CHUNK = 48 * 1024;

/** Bytes in all. */
export function sizeOf(content: Bytes): number {
  return content instanceof Uint8Array ? content.byteLength : content.size;
}

/**
 * The bytes in pieces of at most 48 KiB. Throws {@link ByteSourceError} when there are more or fewer than the source
 * promised: its length was announced to the receiver and is part of what was approved.
 */
export async function* readExactly(content: Bytes): AsyncGenerator<Buffer> {
  const size = sizeOf(content);
  let read = 0;
  for await (const part of content instanceof Uint8Array ? [content] : content.open()) {
    const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
    read += bytes.length;
    if (read > size) throw wrongSize(size, 'more');
    for (let start = 0; start < bytes.length; start += CHUNK) yield bytes.subarray(start, start + CHUNK);
  }
  if (read < size) throw wrongSize(size, 'fewer');
}

/** The same bytes as base64 (RFC 4648 § 4), a piece at a time, one text without line breaks when joined. */
export async function* base64Of(content: Bytes): AsyncGenerator<string> {
  let carried: Buffer = Buffer.alloc(0);
  for await (const part of readExactly(content)) {
    const bytes = carried.length === 0 ? part : Buffer.concat([carried, part]);
    const whole = bytes.length - (bytes.length % 3);
    if (whole > 0) yield bytes.toString('base64', 0, whole);
    carried = Buffer.from(bytes.subarray(whole));
  }
  if (carried.length > 0) yield carried.toString('base64');
}

/** Characters of the base64 text of so many bytes. */
export function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

/** A file on the disk as a source; its size is read now. */
export async function fileSource(path: string): Promise<ByteSource> {
  const { size } = await stat(path);
  return {
    size,
    async *open() {
      const file = await open(path);
      try {
        yield* file.createReadStream({ autoClose: false, highWaterMark: CHUNK }) as AsyncIterable<Buffer>;
      } finally {
        await file.close();
      }
    },
  };
}

function wrongSize(size: number, what: 'more' | 'fewer'): ByteSourceError {
  return new ByteSourceError(
    `A file gave ${what} bytes than the ${size} it was said to have. Nothing of it may be used; store it again.`,
  );
}
