import { createHash, type Hash } from 'node:crypto';
import { Writable } from 'node:stream';
import type { MemoDocument, MemoFile, MemoMessage } from '../../contracts';
import { MEMO_LIMITS, MEMO_NAMESPACE, type MemoVersion } from './memo-limits';
import { MemoWriteError, xmlText } from './xml-text';

export interface WrittenMemo {
  /** Length of the message in bytes. */
  bytes: number;
  /** SHA-256 of the message, lower-case hex. */
  sha256: string;
}

export interface WriteMemoOptions {
  /** Default 1.2; 1.1 for a receiver that has not moved yet. */
  version?: MemoVersion;
}

/** Divisible by three, so that no base64 chunk but the last has padding. */
const RAW_CHUNK = 48 * 1024;

/**
 * Writes the message as MeMo 1.2: prefixed form, UTF-8, the element order of MeMo_core.xsd, files as base64 a chunk at a
 * time. The same message gives the same bytes. Ends `out` when all is written, and destroys it when that fails, so that
 * whoever reads at the other end never waits for the rest.
 * Throws {@link MemoWriteError} for more than ten files, more than 74,000,000 raw bytes or text that XML cannot hold.
 */
export async function writeMemo(
  message: MemoMessage,
  out: Writable,
  options: WriteMemoOptions = {},
): Promise<WrittenMemo> {
  const sink = new HashedSink(out);
  try {
    assertWithinLimits(message);
    await sink.write(messageStart(message, options.version ?? '1.2'));
    await writeDocument(sink, 'MainDocument', message.mainDocument);
    for (const document of message.additionalDocuments) await writeDocument(sink, 'AdditionalDocument', document);
    await sink.write('  </memo:MessageBody>\n</memo:Message>\n');
  } catch (error) {
    out.destroy(error instanceof Error ? error : undefined);
    throw error;
  }
  out.end();
  return sink.result();
}

/** The whole message in memory, for senders that need its exact bytes before the first try. */
export async function memoBytes(
  message: MemoMessage,
  options: WriteMemoOptions = {},
): Promise<WrittenMemo & { content: Buffer }> {
  const parts: Buffer[] = [];
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      parts.push(chunk);
      done();
    },
  });
  // The error is thrown below; without a listener the stream would throw it a second time, at nobody.
  out.on('error', () => undefined);
  const written = await writeMemo(message, out, options);
  return { ...written, content: Buffer.concat(parts) };
}

function assertWithinLimits(message: MemoMessage): void {
  const files = [message.mainDocument, ...message.additionalDocuments].flatMap((document) => document.files);
  if (files.length > MEMO_LIMITS.files) {
    throw new MemoWriteError(
      `The message has ${files.length} files, and Digital Post takes ${MEMO_LIMITS.files}. Split it into several messages.`,
    );
  }
  const raw = files.reduce((sum, file) => sum + file.content.byteLength, 0);
  if (raw > MEMO_LIMITS.rawBytes) {
    throw new MemoWriteError(
      `The files of the message are ${raw} bytes together, and ${MEMO_LIMITS.rawBytes} is the limit. Split it into several messages.`,
    );
  }
}

function messageStart(message: MemoMessage, version: MemoVersion): string {
  const schemaVersion = version === '1.1' ? ' memoSchVersion="1.1.0"' : '';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<memo:Message xmlns:memo="${MEMO_NAMESPACE}" memoVersion="${version}"${schemaVersion}>`,
    '  <memo:MessageHeader>',
    element(4, 'messageType', 'DIGITALPOST'),
    element(4, 'messageUUID', message.messageUUID),
    element(4, 'messageID', message.messageId),
    element(4, 'label', message.label),
    element(4, 'notification', message.notification),
    element(4, 'mandatory', 'false'),
    element(4, 'legalNotification', 'false'),
    element(4, 'postType', 'MYNDIGHEDSPOST'),
    '    <memo:Sender>',
    element(6, 'senderID', message.sender.cvr),
    element(6, 'idType', 'CVR'),
    element(6, 'label', message.sender.label),
    '    </memo:Sender>',
    '    <memo:Recipient>',
    element(6, 'recipientID', message.recipient.cpr),
    element(6, 'idType', 'CPR'),
    element(6, 'label', message.recipient.label),
    '    </memo:Recipient>',
    ...caseLines(message.caseId),
    '  </memo:MessageHeader>',
    '  <memo:MessageBody>',
    element(4, 'createdDateTime', message.createdAt),
    '',
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}

function caseLines(caseId: MemoMessage['caseId']): (string | undefined)[] {
  if (!caseId) return [];
  return [
    '    <memo:ContentData>',
    '      <memo:CaseID>',
    element(8, 'caseID', caseId.id),
    element(8, 'caseSystem', caseId.system),
    '      </memo:CaseID>',
    '    </memo:ContentData>',
  ];
}

function element(indent: number, name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return `${' '.repeat(indent)}<memo:${name}>${xmlText(text, name)}</memo:${name}>`;
}

async function writeDocument(sink: HashedSink, kind: string, document: MemoDocument): Promise<void> {
  await sink.write(`    <memo:${kind}>\n${element(6, 'label', document.label)}\n`);
  for (const file of document.files) await writeFile(sink, file);
  await sink.write(`    </memo:${kind}>\n`);
}

async function writeFile(sink: HashedSink, file: MemoFile): Promise<void> {
  const lines = [
    '      <memo:File>',
    element(8, 'encodingFormat', file.mediaType),
    element(8, 'filename', file.fileName),
    element(8, 'language', file.language),
    '        <memo:content>',
  ];
  await sink.write(lines.join('\n'));
  const raw = Buffer.from(file.content.buffer, file.content.byteOffset, file.content.byteLength);
  for (let start = 0; start < raw.length; start += RAW_CHUNK) {
    await sink.write(raw.toString('base64', start, Math.min(start + RAW_CHUNK, raw.length)));
  }
  await sink.write('</memo:content>\n      </memo:File>\n');
}

/** Counts and hashes what goes through, and waits when the stream is full. */
class HashedSink {
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

  result(): WrittenMemo {
    return { bytes: this.bytes, sha256: this.hash.digest('hex') };
  }
}
