import { constants, inflateRawSync, inflateSync } from 'node:zlib';
import { entry, type PdfValue } from './pdf-syntax';

/** A stream may grow to this many bytes; beyond it is treated as a decompression bomb. */
export const LARGEST_STREAM = 128 * 1024 * 1024;

/** Refusal to decode: the message is a whole sentence that names the filter, never content. */
export class StreamError extends Error {}

export interface DecodedStream {
  bytes: Buffer;
  /** The picture codec at the end of the chain, whose output is pixels: `DCTDecode`, `JPXDecode`, `CCITTFaxDecode`, `JBIG2Decode`. */
  picture?: string;
}

const PICTURES = new Set(['DCTDecode', 'DCT', 'JPXDecode', 'CCITTFaxDecode', 'CCF', 'JBIG2Decode']);

/**
 * Undoes the filters of a stream (ISO 32000-1, 7.4), within {@link LARGEST_STREAM}. Picture codecs stay as they are, and so
 * do the predictors of pixels, which hold no text.
 */
export function decodeStream(raw: Buffer, dictionary: PdfValue): DecodedStream {
  const filters = list(entry(dictionary, 'Filter') ?? entry(dictionary, 'F'));
  const parameters = list(entry(dictionary, 'DecodeParms') ?? entry(dictionary, 'DP'));
  const subtype = entry(dictionary, 'Subtype');
  const pixels = subtype?.kind === 'name' && subtype.value === 'Image';
  let bytes = raw;
  for (const [i, filter] of filters.entries()) {
    const name = filter.kind === 'name' ? filter.value : '';
    if (PICTURES.has(name)) return { bytes, picture: name };
    bytes = undo(name, bytes, pixels ? undefined : parameters[i]);
    if (bytes.length > LARGEST_STREAM) throw tooLarge(name);
  }
  return { bytes };
}

function undo(name: string, bytes: Buffer, parameters: PdfValue | undefined): Buffer {
  switch (name) {
    case 'FlateDecode':
    case 'Fl':
      return unpredict(inflate(bytes), parameters);
    case 'LZWDecode':
    case 'LZW':
      return unpredict(lzw(bytes, numberOf(parameters, 'EarlyChange', 1)), parameters);
    case 'ASCIIHexDecode':
    case 'AHx':
      return asciiHex(bytes);
    case 'ASCII85Decode':
    case 'A85':
      return ascii85(bytes);
    case 'RunLengthDecode':
    case 'RL':
      return runLength(bytes);
    default:
      throw new StreamError(`A stream uses the filter "${name.slice(0, 30)}", which the scan cannot decode.`);
  }
}

function inflate(bytes: Buffer): Buffer {
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: LARGEST_STREAM };
  try {
    return inflateSync(bytes, options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge('FlateDecode');
  }
  const damaged = new StreamError('A stream is damaged: its Flate data cannot be inflated.');
  let forgiven: Buffer;
  try {
    // Readers forgive a damaged zlib header and check sum, so the scan has to as well.
    forgiven = inflateRawSync(bytes.subarray(2), options);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge('FlateDecode') : damaged;
  }
  if (forgiven.length === 0) throw damaged;
  return forgiven;
}

function unpredict(bytes: Buffer, parameters: PdfValue | undefined): Buffer {
  const predictor = numberOf(parameters, 'Predictor', 1);
  if (predictor < 10) return bytes;
  const bits = numberOf(parameters, 'Colors', 1) * numberOf(parameters, 'BitsPerComponent', 8);
  const step = Math.max(1, Math.ceil(bits / 8));
  const row = Math.ceil((bits * numberOf(parameters, 'Columns', 1)) / 8);
  const rows = Math.floor((bytes.length + row) / (row + 1));
  const out = Buffer.alloc(rows * row);
  for (let y = 0; y < rows; y += 1) {
    const tag = bytes[y * (row + 1)] ?? 0;
    for (let x = 0; x < row; x += 1) {
      const at = y * row + x;
      const left = x >= step ? (out[at - step] as number) : 0;
      const up = y > 0 ? (out[at - row] as number) : 0;
      const corner = x >= step && y > 0 ? (out[at - row - step] as number) : 0;
      out[at] = ((bytes[y * (row + 1) + 1 + x] ?? 0) + predicted(tag, left, up, corner)) & 0xff;
    }
  }
  return out;
}

/** The PNG predictors (RFC 2083, 6). */
function predicted(tag: number, left: number, up: number, corner: number): number {
  if (tag === 1) return left;
  if (tag === 2) return up;
  if (tag === 3) return (left + up) >> 1;
  if (tag !== 4) return 0;
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function asciiHex(bytes: Buffer): Buffer {
  const digits = (bytes.toString('latin1').split('>')[0] as string).replace(/[^0-9a-f]/gi, '');
  return Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex');
}

function ascii85(bytes: Buffer): Buffer {
  const out: number[] = [];
  let group: number[] = [];
  const body = bytes
    .toString('latin1')
    .replace(/^\s*<~/, '')
    .split('~')[0] as string;
  for (const sign of body) {
    if (sign === 'z' && group.length === 0) out.push(0, 0, 0, 0);
    else if (sign >= '!' && sign <= 'u') group.push(sign.charCodeAt(0) - 33);
    if (group.length < 5) continue;
    out.push(...four(group));
    group = [];
  }
  if (group.length > 1) out.push(...four([...group, 84, 84, 84, 84].slice(0, 5)).slice(0, group.length - 1));
  return Buffer.from(out);
}

function four(group: number[]): number[] {
  const value = group.reduce((sum, digit) => sum * 85 + digit, 0);
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) & 0xff);
}

function runLength(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let size = 0;
  for (let at = 0; at < bytes.length && bytes[at] !== 128;) {
    const length = bytes[at] as number;
    const part =
      length < 128 ? bytes.subarray(at + 1, at + 2 + length) : Buffer.alloc(257 - length, bytes[at + 1] ?? 0);
    at += length < 128 ? length + 2 : 2;
    parts.push(part);
    if ((size += part.length) > LARGEST_STREAM) throw tooLarge('RunLengthDecode');
  }
  return Buffer.concat(parts);
}

function lzw(bytes: Buffer, early: number): Buffer {
  const parts: Buffer[] = [];
  let size = 0;
  let table: Buffer[] = [];
  let width = 9;
  let previous: Buffer | undefined;
  let bits = 0;
  let held = 0;
  const clear = (): void => {
    table = Array.from({ length: 258 }, (_, i) => Buffer.from(i < 256 ? [i] : []));
    width = 9;
    previous = undefined;
  };
  clear();
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffffff;
    bits += 8;
    if (bits < width) continue;
    const code = (held >> (bits - width)) & ((1 << width) - 1);
    bits -= width;
    if (code === 257) break;
    if (code === 256) {
      clear();
      continue;
    }
    const known = table[code];
    if (known === undefined && previous === undefined)
      throw new StreamError('A stream is damaged: its LZW data has a hole.');
    const word: Buffer = known ?? Buffer.concat([previous as Buffer, (previous as Buffer).subarray(0, 1)]);
    if (previous !== undefined && table.length < 4096) table.push(Buffer.concat([previous, word.subarray(0, 1)]));
    previous = word;
    parts.push(word);
    if ((size += word.length) > LARGEST_STREAM) throw tooLarge('LZWDecode');
    const reached = table.length + early;
    width = reached >= 2048 ? 12 : reached >= 1024 ? 11 : reached >= 512 ? 10 : 9;
  }
  return Buffer.concat(parts);
}

function list(value: PdfValue | undefined): PdfValue[] {
  if (value === undefined) return [];
  return value.kind === 'array' ? value.items : [value];
}

function numberOf(parameters: PdfValue | undefined, key: string, otherwise: number): number {
  const value = entry(parameters, key);
  return value?.kind === 'number' && value.value >= 0 && value.value < 1e6 ? value.value : otherwise;
}

function tooLarge(filter: string): StreamError {
  return new StreamError(`A stream grows beyond ${LARGEST_STREAM / 1048576} MiB when ${filter} is undone.`);
}
