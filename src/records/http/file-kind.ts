/** The media type that the first bytes speak of; undefined when they say nothing certain. */
export function sniffMediaType(head: Buffer): string | undefined {
  if (head.subarray(0, 1024).includes('%PDF-')) return 'application/pdf';
  if (head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  if (head.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return 'image/png';
  const four = head.subarray(0, 4).toString('latin1');
  if (four === 'II*\0' || four === 'MM\0*') return 'image/tiff';
  if (looksLikeHtml(head)) return 'text/html';
  return undefined;
}

/** True when the bytes begin as an HTML page does. */
export function looksLikeHtml(head: Buffer): boolean {
  const text = head
    .subarray(0, 512)
    .toString('latin1')
    .replace(/^\uFEFF|^ï»¿/, '');
  return /^\s*(<!--[\s\S]*?-->\s*)*<(!doctype html|html|head|body)\b/i.test(text);
}

const BY_ENDING: Record<string, string> = {
  pdf: 'application/pdf',
  txt: 'text/plain',
  html: 'text/html',
  htm: 'text/html',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  eml: 'message/rfc822',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  tif: 'image/tiff',
  tiff: 'image/tiff',
};

/** The media type that a file name promises, by its ending; undefined for an ending that is not known here. */
export function mediaTypeOfName(name: string): string | undefined {
  return BY_ENDING[name.toLowerCase().split('.').pop() ?? ''];
}
