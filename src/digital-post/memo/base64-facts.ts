import { createHash, type Hash } from 'node:crypto';

/** What is known of a file's content after it streamed past; the content itself is not kept. */
export interface ContentFacts {
  /** Bytes after decoding; 0 for an empty element. */
  size: number;
  /** SHA-256 of the decoded bytes, lower-case hex. */
  sha256: string;
  /** Strict base64 (RFC 4648 § 4; white space allowed as in xs:base64Binary). XML libraries let errors pass. */
  base64IsValid: boolean;
  /** The first bytes of the file, at most 16. */
  firstBytes: Buffer;
}

const FIRST_BYTES = 16;
const WHOLE_QUANTA = /^(?:[A-Za-z0-9+/]{4})*$/;
// The last quantum: its unused bits are zero in the only valid spelling.
const LAST_QUANTUM = /^(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?$/;

/** Decodes base64 as it comes and keeps the facts only. */
export class Base64Reader {
  private readonly hash: Hash = createHash('sha256');
  private first: Buffer = Buffer.alloc(0);
  private carried = '';
  private size = 0;
  private valid = true;

  push(chunk: Buffer): void {
    const text = this.carried + chunk.toString('latin1').replace(/[ \t\r\n]+/g, '');
    // At least one quantum is held back: it may be the last, which alone may have padding.
    const whole = Math.max(0, Math.floor((text.length - 1) / 4)) * 4;
    this.carried = text.slice(whole);
    if (whole === 0) return;
    const body = text.slice(0, whole);
    if (!WHOLE_QUANTA.test(body)) this.valid = false;
    else this.take(Buffer.from(body, 'base64'));
  }

  /** Something stands in the element that is not base64 text, such as a comment or another element. */
  spoil(): void {
    this.valid = false;
  }

  finish(): ContentFacts {
    if (!LAST_QUANTUM.test(this.carried)) this.valid = false;
    else this.take(Buffer.from(this.carried, 'base64'));
    return { size: this.size, sha256: this.hash.digest('hex'), base64IsValid: this.valid, firstBytes: this.first };
  }

  private take(bytes: Buffer): void {
    this.size += bytes.length;
    this.hash.update(bytes);
    if (this.first.length < FIRST_BYTES) this.first = Buffer.concat([this.first, bytes]).subarray(0, FIRST_BYTES);
  }
}
