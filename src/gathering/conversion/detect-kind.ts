import { looksLikeText } from './decode-text';
import { detectRecording } from './detect-recording';
import { isWebArchive } from './read-mht';
import type { Archive } from './read-archive';

/** What a file is by its content. `office` is a format that only LibreOffice reads here. */
export type FileKind =
  | 'empty'
  | 'pdf'
  | 'picture'
  | 'docx'
  | 'xlsx'
  | 'office'
  | 'zip'
  | 'locked-office'
  | 'cut-office'
  | 'mail'
  | 'msg'
  | 'mht'
  | 'recording'
  | 'html'
  | 'text'
  | 'unknown';

export interface DetectedKind {
  kind: FileKind;
  /** The usual extension of the content, without a dot: it names the copy that LibreOffice opens. */
  extension: string;
}

const PICTURES: [extension: string, matches: (bytes: Buffer) => boolean][] = [
  ['jpg', (bytes) => startsWith(bytes, '\xff\xd8\xff')],
  ['png', (bytes) => startsWith(bytes, '\x89PNG\r\n\x1a\n')],
  ['tif', (bytes) => /^(II[\x2a\x2b]\0|MM\0[\x2a\x2b])/.test(bytes.toString('latin1', 0, 4))],
  ['gif', (bytes) => startsWith(bytes, 'GIF8')],
  ['webp', (bytes) => startsWith(bytes, 'RIFF') && bytes.toString('latin1', 8, 12) === 'WEBP'],
  ['heic', (bytes) => /^ftyp(heic|heix|hevc|hevx|mif1|msf1)/.test(bytes.toString('latin1', 4, 12))],
  ['avif', (bytes) => /^ftypavi[fs]/.test(bytes.toString('latin1', 4, 12))],
  ['bmp', isBitmap],
];

/** Two letters are not enough to know a bitmap by: its header has one of a few sizes and always one plane. */
function isBitmap(bytes: Buffer): boolean {
  if (!startsWith(bytes, 'BM') || bytes.length < 30) return false;
  return [40, 52, 56, 64, 108, 124].includes(bytes.readUInt32LE(14)) && bytes.readUInt16LE(26) === 1;
}

const OLE2 = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
const MAIL_HEADERS =
  /^(from|to|cc|subject|date|message-id|mime-version|received|return-path|content-type|reply-to|delivered-to|x-[a-z-]+):/gim;

function startsWith(bytes: Buffer, magic: string): boolean {
  return bytes.subarray(0, magic.length).equals(Buffer.from(magic, 'latin1'));
}

function contains(bytes: Buffer, text: string, encoding: BufferEncoding): boolean {
  return bytes.includes(Buffer.from(text, encoding));
}

/** MS-CFB 2.2: the header says where the list of streams begins, and how big a sector is. */
function isCutShort(bytes: Buffer): boolean {
  if (bytes.length < 512) return true;
  const sector = 1 << Math.min(16, bytes.readUInt16LE(30));
  return (bytes.readUInt32LE(48) + 1) * sector >= bytes.length;
}

/** Compound files name their streams in UTF-16. A locked OOXML file is a compound file with one encrypted package. */
function kindOfCompoundFile(bytes: Buffer): DetectedKind {
  if (isCutShort(bytes)) return { kind: 'cut-office', extension: 'bin' };
  const holds = (stream: string) => contains(bytes, stream, 'utf16le');
  if (holds('EncryptedPackage')) return { kind: 'locked-office', extension: 'bin' };
  if (holds('__substg1.0_')) return { kind: 'msg', extension: 'msg' };
  if (holds('WordDocument')) return { kind: 'office', extension: 'doc' };
  if (holds('Workbook') || holds('Book')) return { kind: 'office', extension: 'xls' };
  if (holds('PowerPoint Document')) return { kind: 'office', extension: 'ppt' };
  return { kind: 'unknown', extension: 'bin' };
}

/** Says what a zip container is from the parts it holds. */
export function kindOfArchive(archive: Archive): DetectedKind {
  if (archive.has('word/document.xml')) return { kind: 'docx', extension: 'docx' };
  if (archive.has('xl/workbook.xml')) return { kind: 'xlsx', extension: 'xlsx' };
  if (archive.has('ppt/presentation.xml')) return { kind: 'office', extension: 'pptx' };
  const declared = archive.get('mimetype')?.toString('latin1').trim() ?? '';
  const openDocument = /^application\/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation|graphics)/.exec(
    declared,
  );
  if (!openDocument) return { kind: 'zip', extension: 'zip' };
  const extension =
    { text: 'odt', spreadsheet: 'ods', presentation: 'odp', graphics: 'odg' }[openDocument[1]!] ?? 'odt';
  return { kind: 'office', extension };
}

function kindOfText(bytes: Buffer): DetectedKind {
  const head = bytes
    .toString('latin1', 0, 16_384)
    .replace(/\0/g, '')
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '');
  if (/^\s*\{\\rtf/.test(head)) return { kind: 'office', extension: 'rtf' };
  const headers = head.split(/\r?\n\r?\n/, 1)[0]!;
  const isMail = /^[A-Za-z-]+:/.test(head) && (headers.match(MAIL_HEADERS)?.length ?? 0) >= 2;
  if (isWebArchive(head)) return { kind: 'mht', extension: 'mht' };
  if (isMail) return { kind: 'mail', extension: 'eml' };
  const isHtml = /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<(!doctype html|html|head|body)[\s>]/i.test(head);
  const isFragment = /^\s*<(div|p|table|h[1-6]|span|meta|title|style)[\s>]/i.test(head) && /<\/[a-z]/i.test(head);
  if (isHtml || isFragment) return { kind: 'html', extension: 'html' };
  return { kind: 'text', extension: 'txt' };
}

/** Tells what a file is by its bytes; the name plays no part. A zip container is `zip` until its parts are known. */
export function detectKind(bytes: Buffer): DetectedKind {
  if (bytes.length === 0) return { kind: 'empty', extension: '' };
  // Acrobat accepts the header anywhere in the first 1,024 bytes, and scanners use that.
  if (contains(bytes.subarray(0, 1024), '%PDF-', 'latin1')) return { kind: 'pdf', extension: 'pdf' };
  for (const [extension, matches] of PICTURES) if (matches(bytes)) return { kind: 'picture', extension };
  if (startsWith(bytes, 'PK\x03\x04') || startsWith(bytes, 'PK\x05\x06')) return { kind: 'zip', extension: 'zip' };
  if (startsWith(bytes, OLE2)) return kindOfCompoundFile(bytes);
  const recording = detectRecording(bytes);
  if (recording) return { kind: 'recording', extension: recording.extension };
  if (looksLikeText(bytes)) return kindOfText(bytes);
  return { kind: 'unknown', extension: 'bin' };
}

const SAME_CONTENT: string[][] = [
  ['jpg', 'jpeg', 'jpe', 'jfif'],
  ['tif', 'tiff'],
  ['html', 'htm', 'xhtml'],
  ['docx', 'docm', 'dotx', 'dotm'],
  ['xlsx', 'xlsm', 'xltx', 'xltm'],
  ['pptx', 'pptm', 'ppsx', 'potx'],
  ['doc', 'dot'],
  ['xls', 'xlt'],
  ['ppt', 'pps', 'pot'],
  ['bmp', 'dib'],
  ['mht', 'mhtml'],
  ['heic', 'heif'],
  ['mp4', 'm4v', 'm4a', 'mov', '3gp'],
  ['mp3', 'mpga'],
  ['ogg', 'oga', 'ogv', 'opus'],
  ['webm', 'mkv', 'mka'],
  ['wmv', 'wma', 'asf'],
  ['mpg', 'mpeg'],
];
const PROMISES_A_FORMAT =
  /^(pdf|docx?|docm|xlsx?|xlsm|pptx?|od[tspg]|rtf|jpe?g|png|tiff?|gif|webp|bmp|html?|mhtml?|eml|msg|hei[cf]|avif|zip|mp[34g]|m4[av]|mov|wav|og[gv]|flac|avi|web[mp]|wm[av])$/;
/** Plain text goes by many names; these are wrong only when the content is something else. */
const PROMISES_TEXT = /^(txt|csv|md|log)$/;

/** Whether the name promises another kind of content than the file has. A name without extension promises nothing. */
export function isMislabelled(name: string, detected: DetectedKind): boolean {
  const extension = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toLowerCase();
  if (extension === undefined || extension === detected.extension) return false;
  if (SAME_CONTENT.some((names) => names.includes(extension) && names.includes(detected.extension))) return false;
  return PROMISES_A_FORMAT.test(extension) || (detected.extension !== 'txt' && PROMISES_TEXT.test(extension));
}
