import type { ContentFacts } from './base64-facts';
import { child, childText, type MemoElement } from './memo-element';
import { parseEnvelope } from './parse-envelope';
import { splitContent, type MemoSource } from './split-content';

/** One file of a message: what it says of itself and what its content is. */
export interface MemoFileFacts extends ContentFacts {
  /** `MainDocument`, `AdditionalDocument` or `TechnicalDocument`. */
  document: string;
  /** Counted from 1 through all documents of the message. */
  documentNumber: number;
  documentLabel?: string;
  fileName: string;
  mediaType: string;
  language: string;
}

/** Facts of a message; personal data (recipient, labels) among them: not for logs. */
export interface MemoFacts {
  memoVersion?: string;
  messageType?: string;
  messageUUID?: string;
  messageId?: string;
  label?: string;
  notification?: string;
  sender: { id?: string; idType?: string; label?: string };
  recipient: { id?: string; idType?: string; label?: string };
  caseId?: string;
  createdAt?: string;
  files: MemoFileFacts[];
  bytes: number;
  /** SHA-256 of the message as it came, lower-case hex. */
  sha256: string;
}

export interface ReadMemo extends MemoFacts {
  root: MemoElement;
  /** The message with short contents, for a schema check in little memory. */
  envelope: Buffer;
}

const DOCUMENT_KINDS = ['MainDocument', 'AdditionalDocument', 'TechnicalDocument'];

/**
 * Reads a message of any size in one pass and constant memory: header facts, and for each file name, type, size, hash,
 * whether its base64 is valid, and its first bytes. Judges nothing; see `checkMemo` for that.
 * Throws `MemoUnreadableError` when the bytes are not well-formed UTF-8 XML.
 */
export async function readMemo(source: MemoSource): Promise<ReadMemo> {
  const { envelope, contents, bytes, sha256 } = await splitContent(source);
  const root = parseEnvelope(envelope);
  const header = child(root, 'MessageHeader');
  const sender = child(header, 'Sender');
  const recipient = child(header, 'Recipient');
  const body = child(root, 'MessageBody');
  return {
    memoVersion: root.attributes.find((attribute) => attribute.name === 'memoVersion')?.value,
    messageType: childText(header, 'messageType'),
    messageUUID: childText(header, 'messageUUID'),
    messageId: childText(header, 'messageID'),
    label: childText(header, 'label'),
    notification: childText(header, 'notification'),
    sender: {
      id: childText(sender, 'senderID'),
      idType: childText(sender, 'idType'),
      label: childText(sender, 'label'),
    },
    recipient: {
      id: childText(recipient, 'recipientID'),
      idType: childText(recipient, 'idType'),
      label: childText(recipient, 'label'),
    },
    caseId: childText(child(child(header, 'ContentData'), 'CaseID'), 'caseID'),
    createdAt: childText(body, 'createdDateTime'),
    files: filesOf(body, contents),
    bytes,
    sha256,
    root,
    envelope,
  };
}

function filesOf(body: MemoElement | undefined, contents: ContentFacts[]): MemoFileFacts[] {
  const kinds = new Set(DOCUMENT_KINDS.map((kind) => `memo:${kind}`));
  const documents = (body?.children ?? []).filter((element) => kinds.has(element.name));
  return documents.flatMap((document, index) =>
    document.children
      .filter((element) => element.name === 'memo:File')
      .map((file) => fileFacts(file, document, index + 1, contents)),
  );
}

function fileFacts(file: MemoElement, document: MemoElement, documentNumber: number, contents: ContentFacts[]) {
  const place = child(file, 'content')?.contentIndex;
  const content = (place === undefined ? undefined : contents[place]) ?? NO_CONTENT;
  return {
    ...content,
    document: document.name.slice('memo:'.length),
    documentNumber,
    documentLabel: childText(document, 'label'),
    fileName: childText(file, 'filename') ?? '',
    mediaType: childText(file, 'encodingFormat') ?? '',
    language: childText(file, 'language') ?? '',
  };
}

const NO_CONTENT: ContentFacts = { size: 0, sha256: '', base64IsValid: true, firstBytes: Buffer.alloc(0) };
