import PostalMime from 'postal-mime';
import { decodeText } from './decode-text';
import type { ConversionNotes } from './conversion-note';
import { UnreadableFile } from './conversion-result';
import { htmlBlocks } from './html-blocks';
import type { ConversionLimits } from './limits';
import { plainText, type ReadingBlock, type ReadingPicture } from './reading-block';

export interface MailPart {
  name: string;
  mediaType: string;
  content: Buffer;
}

export interface ReadMail {
  subject: string;
  blocks: ReadingBlock[];
  /** Pictures that the HTML holds itself; pictures by `cid:` are parts. */
  pictures: ReadingPicture[];
  parts: MailPart[];
}

const EXTENSIONS: Record<string, string> = {
  'message/rfc822': 'eml',
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/tiff': 'tif',
  'text/plain': 'txt',
  'text/html': 'html',
  'text/calendar': 'ics',
};

const SENT = new Intl.DateTimeFormat('da-DK', {
  dateStyle: 'full',
  timeStyle: 'short',
  timeZone: 'Europe/Copenhagen',
});

function addressText(address: PostalMime.Address): string {
  if (address.group) return `${address.name}: ${address.group.map(addressText).join('; ')}`;
  if (!address.name) return address.address ?? '';
  return address.address ? `${address.name} <${address.address}>` : address.name;
}

/** The moment as a Danish reader writes it; what is no moment is given as it stands. */
export function sentText(date: string | undefined): string {
  if (!date) return '';
  const time = new Date(date);
  return Number.isNaN(time.getTime()) ? date : SENT.format(time);
}

function partName(attachment: PostalMime.Attachment, index: number): string {
  if (attachment.filename) return attachment.filename;
  return `bilag-${index + 1}.${EXTENSIONS[attachment.mimeType] ?? 'bin'}`;
}

function partContent(content: PostalMime.Attachment['content']): Buffer {
  return typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content as ArrayBuffer);
}

/** A mail's headers as its first table: sender and subject always, the rest where the mail says something. */
export function headerTable(rows: string[][]): ReadingBlock {
  const told = rows.filter(([name, value]) => value !== '' || name === 'Fra' || name === 'Emne');
  return { kind: 'table', rows: told, header: false };
}

function headerRows(mail: PostalMime.Email, parts: MailPart[]): string[][] {
  const people = (addresses: PostalMime.Address[] | undefined) => (addresses ?? []).map(addressText).join('; ');
  return [
    ['Fra', mail.from ? addressText(mail.from) : ''],
    ['Til', people(mail.to)],
    ['Cc', people(mail.cc)],
    ['Bcc', people(mail.bcc)],
    ['Svar til', people(mail.replyTo)],
    ['Sendt', sentText(mail.date)],
    ['Emne', mail.subject ?? ''],
    ['Vedhæftet', parts.map(({ name }) => name).join('; ')],
  ];
}

function words(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);
}

/** Mail programs send the same message twice, as text and as HTML. What only the text says must not get lost. */
function saysSomethingElse(text: string, html: ReadingBlock[]): boolean {
  const said = words(plainText(html));
  const inText = [...words(text.replace(/https?:\S+/g, ''))];
  const missing = inText.filter((word) => !said.has(word)).length;
  return missing > Math.max(3, inText.length * 0.1);
}

/** A mail in parts ends with its boundary and two dashes (RFC 2046, 5.1.1). */
function isCutOff(bytes: Buffer): boolean {
  const head = bytes
    .toString('latin1', 0, 64 * 1024)
    .split(/\r?\n\r?\n/, 1)[0]!
    .replace(/\r?\n[ \t]+/g, ' ');
  const boundary = /^content-type:\s*multipart\/[^;]+;.*boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/im.exec(head);
  return boundary !== null && !bytes.includes(`--${boundary[1] ?? boundary[2]}--`, 0, 'latin1');
}

function bodyOf(
  mail: PostalMime.Email,
  notes: ConversionNotes,
): { blocks: ReadingBlock[]; pictures: ReadingPicture[] } {
  const text: ReadingBlock[] = mail.text?.trim() ? [{ kind: 'preformatted', text: mail.text }] : [];
  if (!mail.html?.trim()) return { blocks: text, pictures: [] };
  const html = htmlBlocks(mail.html, notes);
  if (html.blocks.length === 0) return { blocks: text, pictures: html.pictures };
  if (text.length === 0 || !saysSomethingElse(mail.text!, html.blocks)) return html;
  notes.add('other-text-version');
  const heading: ReadingBlock = { kind: 'heading', level: 2, text: 'Mailens rene tekstudgave' };
  return { blocks: [...html.blocks, heading, ...text], pictures: html.pictures };
}

async function parse(bytes: Buffer): Promise<PostalMime.Email> {
  try {
    return await PostalMime.parse(bytes, { forceRfc822Attachments: true });
  } catch {
    throw new UnreadableFile('damaged', 'Mailen kan ikke læses.');
  }
}

/** Reads a mail: its headers as a table, its text, and every part of it as a file of its own. */
export async function readMail(
  bytes: Buffer,
  notes: ConversionNotes,
  limits: Pick<ConversionLimits, 'children'>,
): Promise<ReadMail> {
  // A mail saved as UTF-16 by a records system is text about a mail; its parts are ASCII by the standard.
  const wide = bytes.includes(0) ? decodeText(bytes) : undefined;
  const raw = wide?.encoding.startsWith('utf-16') ? Buffer.from(wide.text, 'utf8') : bytes;
  const mail = await parse(raw);
  if (mail.attachments.length > limits.children) {
    throw new UnreadableFile('too-large', `Mailen har ${mail.attachments.length} bilag.`);
  }
  const parts = mail.attachments.map((attachment, index) => ({
    name: partName(attachment, index),
    mediaType: attachment.mimeType,
    content: partContent(attachment.content),
  }));
  if (isCutOff(raw)) notes.add('mail-cut-off');
  const body = bodyOf(mail, notes);
  const empty: ReadingBlock[] = [{ kind: 'paragraph', text: 'Mailen har ingen tekst.' }];
  return {
    subject: mail.subject?.trim() || 'Mail uden emne',
    blocks: [headerTable(headerRows(mail, parts)), ...(body.blocks.length > 0 ? body.blocks : empty)],
    pictures: body.pictures,
    parts,
  };
}
