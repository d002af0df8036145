import { createHash } from 'node:crypto';
import { Base64Reader, type ContentFacts } from './base64-facts';
import { MEMO_LIMITS } from './memo-limits';

/** Thrown when bytes cannot be read as a MeMo message at all. */
export class MemoUnreadableError extends Error {
  override readonly name = 'MemoUnreadableError';
}

export interface SplitMemo {
  /** The message with every file's content replaced by a short valid one; line breaks kept, so line numbers hold. */
  envelope: Buffer;
  /** Facts of each `content` element, in document order. */
  contents: ContentFacts[];
  bytes: number;
  /** SHA-256 of the whole message, lower-case hex. */
  sha256: string;
}

export type MemoSource = Uint8Array | AsyncIterable<Uint8Array>;

type Mode = 'text' | 'tag' | 'comment' | 'cdata' | 'instruction' | 'content';

const LT = 0x3c;
const GT = 0x3e;
const ENDINGS = { comment: '-->', cdata: ']]>', instruction: '?>' } as const;
/** Where files stand in a message (`content`) and in a letter of the print service. */
const CONTENT_START = /^<(?:[^\s/>:"'=]+:)?(?:content|MeddelelseIndholdData|VedhaeftningIndholdData)(?:\s[^]*)?>$/;

/**
 * Parts a message of any size into a small envelope and the facts of its files, one pass, constant memory. An XML parser
 * would hold each base64 text whole. Throws {@link MemoUnreadableError} when the envelope is larger than 4 MiB.
 */
export async function splitContent(source: MemoSource): Promise<SplitMemo> {
  const splitter = new ContentSplitter();
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const part of source instanceof Uint8Array ? [source] : source) {
    const chunk = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
    hash.update(chunk);
    bytes += chunk.length;
    for (let start = 0; start < chunk.length; start += 65_536) splitter.push(chunk.subarray(start, start + 65_536));
  }
  return { ...splitter.finish(), bytes, sha256: hash.digest('hex') };
}

/** A lexer that knows just enough XML to find where a `content` element begins and ends. */
class ContentSplitter {
  private readonly envelope: Buffer[] = [];
  private readonly contents: ContentFacts[] = [];
  private envelopeBytes = 0;
  private pending: Buffer = Buffer.alloc(0);
  private mode: Mode = 'text';
  private reader: Base64Reader | undefined;

  push(chunk: Buffer): void {
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    while (this.step());
    if (this.pending.length > MEMO_LIMITS.envelopeBytes) throw tooLarge();
  }

  finish(): Pick<SplitMemo, 'envelope' | 'contents'> {
    if (this.reader) this.closeContent(true);
    this.emit(this.pending);
    return { envelope: Buffer.concat(this.envelope), contents: this.contents };
  }

  /** Handles what stands first in `pending`; false when more bytes are needed. */
  private step(): boolean {
    if (this.pending.length === 0) return false;
    if (this.mode === 'content') return this.stepContent();
    if (this.mode === 'text') return this.stepText();
    if (this.mode === 'tag') return this.stepTag();
    const ending = ENDINGS[this.mode];
    const end = this.pending.indexOf(ending);
    if (end < 0) return false;
    this.take(end + ending.length);
    this.mode = 'text';
    return true;
  }

  private stepText(): boolean {
    const start = this.pending.indexOf(LT);
    this.take(start < 0 ? this.pending.length : start);
    if (start < 0 || this.pending.length < '<![CDATA['.length) return false;
    const head = this.pending.toString('latin1', 0, 9);
    if (head.startsWith('<!--')) this.mode = 'comment';
    else if (head === '<![CDATA[') this.mode = 'cdata';
    else if (head.startsWith('<?')) this.mode = 'instruction';
    else this.mode = 'tag';
    return true;
  }

  private stepTag(): boolean {
    const end = endOfTag(this.pending);
    if (end < 0) return false;
    const tag = this.pending.toString('latin1', 0, end);
    this.take(end);
    this.mode = 'text';
    if (!CONTENT_START.test(tag)) return true;
    this.reader = new Base64Reader();
    if (tag.endsWith('/>')) this.closeContent(true);
    else this.mode = 'content';
    return true;
  }

  private stepContent(): boolean {
    const end = this.pending.indexOf(LT);
    const stop = end < 0 ? this.pending.length : end;
    const text = this.pending.subarray(0, stop);
    this.reader!.push(text);
    this.keepLines(text);
    this.pending = this.pending.subarray(stop);
    if (end < 0 || this.pending.length < 2) return false;
    this.closeContent(this.pending[1] === 0x2f);
    this.mode = 'text';
    return true;
  }

  private closeContent(endsProperly: boolean): void {
    if (!endsProperly) this.reader!.spoil();
    const facts = this.reader!.finish();
    this.reader = undefined;
    this.contents.push(facts);
    if (facts.size > 0 && endsProperly) this.emit(Buffer.from('AA=='));
  }

  private keepLines(text: Buffer): void {
    let lines = 0;
    for (let at = text.indexOf(0x0a); at >= 0; at = text.indexOf(0x0a, at + 1)) lines += 1;
    if (lines > 0) this.emit(Buffer.alloc(lines, 0x0a));
  }

  private take(length: number): void {
    this.emit(this.pending.subarray(0, length));
    this.pending = this.pending.subarray(length);
  }

  private emit(part: Buffer): void {
    if (part.length === 0) return;
    this.envelopeBytes += part.length;
    if (this.envelopeBytes > MEMO_LIMITS.envelopeBytes) throw tooLarge();
    this.envelope.push(Buffer.from(part));
  }
}

/** Index after the `>` that ends the tag at the start of `bytes`, or -1; `>` inside a quoted value does not count. */
function endOfTag(bytes: Buffer): number {
  let quote = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index]!;
    if (quote !== 0) quote = byte === quote ? 0 : quote;
    else if (byte === 0x22 || byte === 0x27) quote = byte;
    else if (byte === GT) return index + 1;
  }
  return -1;
}

function tooLarge(): MemoUnreadableError {
  return new MemoUnreadableError(
    `The message without its files is larger than ${MEMO_LIMITS.envelopeBytes} bytes, which no MeMo message is. Check that the file is a MeMo message.`,
  );
}
