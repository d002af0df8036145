import { decompressRTF } from '@kenjiuno/decompressrtf';
import MsgReader, { type FieldsData } from '@kenjiuno/msgreader';
import { decodeText } from './decode-text';
import type { ConversionNotes } from './conversion-note';
import { UnreadableFile } from './conversion-result';
import { htmlBlocks } from './html-blocks';
import type { ConversionLimits } from './limits';
import { headerTable, sentText, type MailPart, type ReadMail } from './read-mail';
import { rtfText } from './rtf-text';
import type { ReadingBlock, ReadingPicture } from './reading-block';

const RECIPIENTS = { to: 'Til', cc: 'Cc', bcc: 'Bcc' } as const;

function personText(name: string | undefined, address: string | undefined): string {
  const isAddress = address?.includes('@') === true;
  if (!isAddress) return name ?? address ?? '';
  return name && name !== address ? `${name} <${address}>` : address;
}

/** The sender's address may be one of the old mail system's own; then the one on the net is told too. */
function sender({ senderName, senderSmtpAddress, senderEmail }: FieldsData): string {
  return personText(senderName, senderSmtpAddress ?? senderEmail);
}

function recipientRows(recipients: FieldsData[]): string[][] {
  return (Object.keys(RECIPIENTS) as (keyof typeof RECIPIENTS)[]).map((type) => [
    RECIPIENTS[type],
    recipients
      .filter((each) => (each.recipType ?? 'to') === type)
      .map((each) => personText(each.name, each.smtpAddress ?? each.email))
      .join('; '),
  ]);
}

interface Body {
  blocks: ReadingBlock[];
  pictures: ReadingPicture[];
}

function htmlOf({ bodyHtml, html }: FieldsData): string | undefined {
  if (bodyHtml?.trim()) return bodyHtml;
  return html && html.length > 0 ? decodeText(html).text : undefined;
}

function bodyOf(message: FieldsData, notes: ConversionNotes): Body {
  const html = htmlOf(message);
  const read = html === undefined ? undefined : htmlBlocks(html, notes);
  if (read && read.blocks.length > 0) return read;
  const text = message.body?.trim() ? message.body : fromRtf(message);
  return { blocks: text?.trim() ? [{ kind: 'preformatted', text }] : [], pictures: read?.pictures ?? [] };
}

/** Outlook keeps some messages as compressed RTF alone (MS-OXRTFCP). */
function fromRtf({ compressedRtf }: FieldsData): string | undefined {
  if (!compressedRtf || compressedRtf.length === 0) return undefined;
  try {
    return rtfText(Buffer.from(decompressRTF(Array.from(compressedRtf))));
  } catch {
    throw new UnreadableFile('damaged', 'Mailens tekst kan ikke læses.');
  }
}

function partsOf(reader: MsgReader, message: FieldsData): MailPart[] {
  return (message.attachments ?? []).map((attachment, index) => {
    const { fileName, content } = reader.getAttachment(attachment);
    const name = fileName || attachment.fileName || attachment.name || `bilag-${index + 1}`;
    return {
      name: attachment.innerMsgContent === true && !/\.msg$/i.test(name) ? `${name}.msg` : name,
      mediaType: attachment.attachMimeTag ?? 'application/octet-stream',
      content: Buffer.from(content),
    };
  });
}

function parse(bytes: Buffer): { reader: MsgReader; message: FieldsData } {
  try {
    // A view of a shared buffer would be read from the buffer's own beginning.
    const reader = new MsgReader(Uint8Array.from(bytes).buffer);
    reader.parserConfig = { ansiEncoding: 'windows-1252' };
    const message = reader.getFileData();
    if (message.error || message.dataType === null) throw new Error('not a message');
    return { reader, message };
  } catch {
    throw new UnreadableFile('damaged', 'Mailen kan ikke læses.');
  }
}

/**
 * Reads a message that Outlook saved (MS-OXMSG): its headers as a table, its text, and every attachment as a file of its
 * own; a message in the message is one of these.
 * @throws UnreadableFile `damaged` or `too-large`
 */
export function readMsg(bytes: Buffer, notes: ConversionNotes, limits: Pick<ConversionLimits, 'children'>): ReadMail {
  const { reader, message } = parse(bytes);
  const count = message.attachments?.length ?? 0;
  if (count > limits.children) throw new UnreadableFile('too-large', `Mailen har ${count} bilag.`);
  let parts: MailPart[];
  try {
    parts = partsOf(reader, message);
  } catch {
    throw new UnreadableFile('damaged', 'Et af mailens bilag kan ikke læses.');
  }
  const body = bodyOf(message, notes);
  const rows = [
    ['Fra', sender(message)],
    ...recipientRows(message.recipients ?? []),
    ['Sendt', sentText(message.clientSubmitTime ?? message.messageDeliveryTime)],
    ['Emne', message.subject ?? ''],
    ['Vedhæftet', parts.map(({ name }) => name).join('; ')],
  ];
  const empty: ReadingBlock[] = [{ kind: 'paragraph', text: 'Mailen har ingen tekst.' }];
  return {
    subject: message.subject?.trim() || 'Mail uden emne',
    blocks: [headerTable(rows), ...(body.blocks.length > 0 ? body.blocks : empty)],
    pictures: body.pictures,
    parts,
  };
}
