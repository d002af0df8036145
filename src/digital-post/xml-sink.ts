import { createHash, type Hash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { base64Of, type Bytes } from './byte-source';

/** How every text of ours begins; a wrapper that carries it inside another text leaves this out. */
export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

export interface WrittenXml {
  /** Length of the text in bytes. */
  bytes: number;
  /** SHA-256 of the text, lower-case hex. */
  sha256: string;
}

/** Counts and hashes what goes through, and waits when the stream is full. */
export class XmlSink {
  private readonly hash: Hash = createHash('sha256');
  private bytes = 0;

  constructor(private readonly out: Writable) {}

  async write(text: string): Promise<void> {
    const chunk = Buffer.from(text, 'utf8');
    this.hash.update(chunk);
    this.bytes += chunk.length;
    // The callback comes when the stream has taken the chunk, and with an error when it is broken or closed.
    await new Promise<void>((resolve, reject) => {
      this.out.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** A file as base64 text, a piece at a time. */
  async writeBase64(content: Bytes): Promise<void> {
    for await (const text of base64Of(content)) await this.write(text);
  }

  result(): WrittenXml {
    return { bytes: this.bytes, sha256: this.hash.digest('hex') };
  }
}
