import { createReadStream, readFileSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { HeldFile } from './holdings';

const PIECE = Buffer.alloc(64 * 1024, 'sagsakt ');
const HEAD = Buffer.from('%PDF-1.7\n');

export function sizeOf({ content }: HeldFile): number {
  if (Buffer.isBuffer(content)) return content.length;
  return typeof content === 'string' ? statSync(content).size : content.bytes;
}

/** All bytes in memory: for small files. */
export function bytesOf({ content }: HeldFile): Buffer {
  if (Buffer.isBuffer(content)) return content;
  return typeof content === 'string' ? readFileSync(content) : Buffer.concat([...made(content.bytes)]);
}

export function streamOf({ content }: HeldFile): Readable {
  if (typeof content === 'string') return createReadStream(content);
  return Readable.from(Buffer.isBuffer(content) ? [content] : made(content.bytes), { objectMode: false });
}

/** So many bytes that begin as a PDF does, made piece by piece. */
function* made(bytes: number): Generator<Buffer> {
  yield HEAD.subarray(0, bytes);
  for (let left = bytes - HEAD.length; left > 0; left -= PIECE.length) yield PIECE.subarray(0, left);
}
