import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { SourceError } from '../../contracts';
import { looksLikeHtml, mediaTypeOfName, sniffMediaType } from './file-kind';
import { errorForTransport, sentence, type Asked } from './source-errors';

export interface ExpectedFile {
  name: string;
  /** Bytes that the listing promised. */
  size?: number;
  /** Bytes that this answer promised. */
  contentLength?: number;
  /** Hex. */
  sha256?: string;
}

const HEAD_BYTES = 1024;

/**
 * Looks at the first bytes before anything is handed on, then streams while counting and hashing. The stream fails with
 * `truncated` when the body ends early and with `integrity` when size or hash is not the one promised, so that a reader
 * who got to the end has the whole file. Rejects with `integrity` at once when HTML comes for something that is not HTML:
 * error pages with status 200 are known from several systems.
 */
export async function openChecked(
  body: AsyncIterable<Buffer>,
  expected: ExpectedFile,
  asked: Asked,
): Promise<{ stream: Readable; mediaType?: string }> {
  const chunks = body[Symbol.asyncIterator]();
  const head = await readHead(chunks, asked);
  const promised = mediaTypeOfName(expected.name);
  if (promised && promised !== 'text/html' && promised !== 'text/plain' && looksLikeHtml(head)) {
    await chunks.return?.();
    const text = sentence(asked, 'answered with a web page instead of the file; it is tried again');
    throw new SourceError('integrity', text, true);
  }
  const stream = Readable.from(checkedChunks(head, chunks, expected, asked), { objectMode: false });
  const isText = promised?.startsWith('text/') || promised === 'message/rfc822';
  return { stream, mediaType: isText ? promised : (sniffMediaType(head) ?? promised) };
}

async function readHead(chunks: AsyncIterator<Buffer>, asked: Asked): Promise<Buffer> {
  let head = Buffer.alloc(0);
  try {
    while (head.length < HEAD_BYTES) {
      const next = await chunks.next();
      if (next.done) break;
      head = Buffer.concat([head, next.value]);
    }
  } catch (cause) {
    throw errorForTransport(cause, asked, true);
  }
  return head;
}

async function* checkedChunks(
  head: Buffer,
  chunks: AsyncIterator<Buffer>,
  expected: ExpectedFile,
  asked: Asked,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    for (let chunk: Buffer | undefined = head; chunk; chunk = await nextChunk(chunks, asked)) {
      size += chunk.length;
      hash.update(chunk);
      if (chunk.length > 0) yield chunk;
    }
  } finally {
    await chunks.return?.();
  }
  if (expected.contentLength !== undefined && size < expected.contentLength) {
    throw new SourceError('truncated', sentence(asked, 'stopped before the file was whole; it is tried again'), true);
  }
  if (expected.size !== undefined && size !== expected.size) {
    const text = sentence(asked, `gave ${size} bytes where its list says ${expected.size}`);
    throw new SourceError('integrity', text, true);
  }
  if (expected.sha256 && hash.digest('hex') !== expected.sha256.toLowerCase()) {
    const text = sentence(asked, 'gave a file whose SHA-256 is not the one that was listed');
    throw new SourceError('integrity', text, false);
  }
}

async function nextChunk(chunks: AsyncIterator<Buffer>, asked: Asked): Promise<Buffer | undefined> {
  try {
    const next = await chunks.next();
    return next.done ? undefined : next.value;
  } catch (cause) {
    throw errorForTransport(cause, asked, true);
  }
}
