/** Windows-1252, 0x80 to 0x9F; the rest is Latin-1. Unassigned places keep their code so that nothing is lost. */
const CP1252_C1 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Code page 850, 0x80 to 0xFF: what Danish DOS programs and many exports from mainframes wrote. */
const CP850_HIGH =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

const DANISH_IN_CP850 = new Set([0x91, 0x92, 0x9b, 0x9d, 0x86, 0x8f, 0x82]);
const DANISH_IN_CP1252 = new Set([0xe6, 0xc6, 0xf8, 0xd8, 0xe5, 0xc5, 0xe9]);

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'cp850';

export interface DecodedText {
  text: string;
  encoding: TextEncoding;
  /** False when a byte order mark or valid multi-byte UTF-8 (or plain ASCII) settles it. */
  guessed: boolean;
}

function byTable(bytes: Uint8Array, high: (byte: number) => string): string {
  let text = '';
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : high(byte);
  return text;
}

function asUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Text in UTF-16 without a mark: most of every second byte is zero, because most letters are ASCII. */
function utf16WithoutMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const sample = bytes.subarray(0, 4096);
  if (sample.length < 4 || bytes.length % 2 !== 0) return undefined;
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2]! += 1;
  });
  const half = sample.length / 2;
  if (zeros[1]! > half * 0.6 && zeros[0]! < half * 0.1) return 'utf-16le';
  if (zeros[0]! > half * 0.6 && zeros[1]! < half * 0.1) return 'utf-16be';
  return undefined;
}

function isAsciiLetter(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a));
}

/** In CP850 æ, ø and å are where Windows-1252 has quotation marks; a letter beside them tells which it is. */
function looksLikeCp850(bytes: Uint8Array): boolean {
  let dos = 0;
  let windows = 0;
  bytes.forEach((byte, index) => {
    if (byte < 0x80) return;
    const insideWord = isAsciiLetter(bytes[index - 1]) || isAsciiLetter(bytes[index + 1]);
    if (!insideWord) return;
    if (DANISH_IN_CP850.has(byte)) dos += isAsciiLetter(bytes[index - 1]) && isAsciiLetter(bytes[index + 1]) ? 2 : 1;
    if (DANISH_IN_CP1252.has(byte)) windows += 2;
  });
  return dos > windows;
}

/** Decodes text of unknown origin. Never throws; what cannot be told apart is Windows-1252, which holds Latin-1. */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16le', guessed: false };
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16be', guessed: false };
  }
  const wide = utf16WithoutMark(bytes);
  if (wide) return { text: new TextDecoder(wide).decode(bytes), encoding: wide, guessed: true };
  const utf8 = asUtf8(bytes);
  if (utf8 !== undefined) return { text: utf8, encoding: 'utf-8', guessed: false };
  if (looksLikeCp850(bytes)) {
    return { text: byTable(bytes, (byte) => CP850_HIGH[byte - 0x80]!), encoding: 'cp850', guessed: true };
  }
  const windows = (byte: number) => (byte < 0xa0 ? CP1252_C1[byte - 0x80]! : String.fromCharCode(byte));
  return { text: byTable(bytes, windows), encoding: 'windows-1252', guessed: true };
}

/**
 * Whether bytes can be text at all: decoded, they hold next to no control characters other than white space, form feed,
 * escape and the old end-of-file mark 0x1A.
 */
export function looksLikeText(bytes: Uint8Array): boolean {
  const { text } = decodeText(bytes.subarray(0, 64 * 1024 - 1));
  const zeros = text.match(/\0/g)?.length ?? 0;
  const odd = text.match(/[\u0001-\u0006\u000e-\u0019\u001c-\u001f\ufffd]/g)?.length ?? 0;
  return zeros * 200 <= text.length && odd * 20 <= text.length;
}
