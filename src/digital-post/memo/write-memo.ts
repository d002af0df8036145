import { Writable } from 'node:stream';
import type { MemoDocument, MemoFile, MemoMessage } from '../../contracts';
import { sizeOf } from '../byte-source';
import { XML_DECLARATION, XmlSink, type WrittenXml } from '../xml-sink';
import { MEMO_LIMITS, MEMO_NAMESPACE, type MessageLimits, type MemoVersion } from './memo-limits';
import { MemoWriteError, xmlText } from './xml-text';

export type WrittenMemo = WrittenXml;

export interface WriteMemoOptions {
  /** Default 1.2; 1.1 for a receiver that has not moved yet. */
  version?: MemoVersion;
  /** Default {@link MEMO_LIMITS}; an operator can set others. */
  limits?: MessageLimits;
}

/**
 * Writes the message as MeMo 1.2: prefixed form, UTF-8, the element order of MeMo_core.xsd, files read and written as
 * base64 a chunk at a time. The same message gives the same bytes. Ends `out` when all is written, and destroys it when
 * that fails, so that whoever reads at the other end never waits for the rest.
 * Throws {@link MemoWriteError} for more files or raw bytes than the limits and for text that XML cannot hold, and
 * `ByteSourceError` when a file has another size than it was said to have.
 */
export async function writeMemo(
  message: MemoMessage,
  out: Writable,
  options: WriteMemoOptions = {},
): Promise<WrittenMemo> {
  const sink = new XmlSink(out);
  try {
    assertWithinLimits(message, options.limits ?? MEMO_LIMITS);
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

function assertWithinLimits(message: MemoMessage, limits: MessageLimits): void {
  const files = [message.mainDocument, ...message.additionalDocuments].flatMap((document) => document.files);
  if (files.length > limits.files) {
    throw new MemoWriteError(
      `The message has ${files.length} files, and Digital Post takes ${limits.files}. Split it into several messages.`,
    );
  }
  const raw = files.reduce((sum, file) => sum + sizeOf(file.content), 0);
  if (raw > limits.rawBytes) {
    throw new MemoWriteError(
      `The files of the message are ${raw} bytes together, and ${limits.rawBytes} is the limit. Split it into several messages.`,
    );
  }
}

function messageStart(message: MemoMessage, version: MemoVersion): string {
  const schemaVersion = version === '1.1' ? ' memoSchVersion="1.1.0"' : '';
  return [
    `${XML_DECLARATION}<memo:Message xmlns:memo="${MEMO_NAMESPACE}" memoVersion="${version}"${schemaVersion}>`,
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
    ...recipientLines(message.recipient),
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

function recipientLines(recipient: MemoMessage['recipient']): (string | undefined)[] {
  const [id, idType] = 'cpr' in recipient ? [recipient.cpr, 'CPR'] : [recipient.cvr, 'CVR'];
  return [element(6, 'recipientID', id), element(6, 'idType', idType), element(6, 'label', recipient.label)];
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

async function writeDocument(sink: XmlSink, kind: string, document: MemoDocument): Promise<void> {
  await sink.write(`    <memo:${kind}>\n${element(6, 'label', document.label)}\n`);
  for (const file of document.files) await writeFile(sink, file);
  await sink.write(`    </memo:${kind}>\n`);
}

async function writeFile(sink: XmlSink, file: MemoFile): Promise<void> {
  const lines = [
    '      <memo:File>',
    element(8, 'encodingFormat', file.mediaType),
    element(8, 'filename', file.fileName),
    element(8, 'language', file.language),
    '        <memo:content>',
  ];
  await sink.write(lines.join('\n'));
  await sink.writeBase64(file.content);
  await sink.write('</memo:content>\n      </memo:File>\n');
}
