import { UnreadableFile } from './conversion-result';

/** Pixels as red, green and blue, row by row from the top. */
export interface RawPicture {
  width: number;
  height: number;
  pixels: Buffer;
}

interface BitmapHeader {
  offset: number;
  headerSize: number;
  width: number;
  height: number;
  isTopDown: boolean;
  bits: number;
  compression: number;
}

const UNCOMPRESSED = 0;
const BIT_FIELDS = 3;

function headerOf(bytes: Buffer): BitmapHeader {
  if (bytes.length < 54 || bytes.readUInt32LE(14) < 40) throw new UnreadableFile('damaged', 'Billedet kan ikke læses.');
  const signedHeight = bytes.readInt32LE(22);
  return {
    offset: bytes.readUInt32LE(10),
    headerSize: bytes.readUInt32LE(14),
    width: bytes.readInt32LE(18),
    height: Math.abs(signedHeight),
    isTopDown: signedHeight < 0,
    bits: bytes.readUInt16LE(28),
    compression: bytes.readUInt32LE(30),
  };
}

/** Where the bits of one colour stand in a pixel, and how far they reach. */
function channel(mask: number): (pixel: number) => number {
  if (mask === 0) return () => 0;
  let shift = 0;
  while (((mask >>> shift) & 1) === 0) shift++;
  const most = mask >>> shift;
  return (pixel) => Math.round((((pixel & mask) >>> shift) * 255) / most);
}

type ColourAt = (row: number, x: number) => [red: number, green: number, blue: number];

function fromPalette(bytes: Buffer, { bits, headerSize }: BitmapHeader): ColourAt {
  const perByte = 8 / bits;
  return (row, x) => {
    const byte = bytes[row + Math.floor(x / perByte)]!;
    const index = (byte >> (8 - bits * ((x % perByte) + 1))) & ((1 << bits) - 1);
    const at = 14 + headerSize + index * 4;
    return [bytes[at + 2] ?? 0, bytes[at + 1] ?? 0, bytes[at] ?? 0];
  };
}

function fromMasks(bytes: Buffer, { bits, compression }: BitmapHeader): ColourAt {
  const usual = bits === 16 ? [0x7c00, 0x03e0, 0x001f] : [0xff0000, 0xff00, 0xff];
  const masks = compression === BIT_FIELDS ? [54, 58, 62].map((at) => bytes.readUInt32LE(at)) : usual;
  const [red, green, blue] = masks.map(channel);
  const read = bits === 16 ? (at: number) => bytes.readUInt16LE(at) : (at: number) => bytes.readUInt32LE(at);
  return (row, x) => {
    const pixel = read(row + (x * bits) / 8);
    return [red!(pixel), green!(pixel), blue!(pixel)];
  };
}

function colours(bytes: Buffer, header: BitmapHeader): ColourAt | undefined {
  const { bits, compression } = header;
  if (compression !== UNCOMPRESSED && compression !== BIT_FIELDS) return undefined;
  if (bits === 1 || bits === 4 || bits === 8)
    return compression === UNCOMPRESSED ? fromPalette(bytes, header) : undefined;
  if (bits === 24) return (row, x) => [bytes[row + x * 3 + 2]!, bytes[row + x * 3 + 1]!, bytes[row + x * 3]!];
  return bits === 16 || bits === 32 ? fromMasks(bytes, header) : undefined;
}

/**
 * Reads a Windows bitmap; the picture library has no reader for it.
 * @returns undefined for the compressed kinds, which an office program must open
 * @throws UnreadableFile `damaged` or `too-large`
 */
export function readBmp(bytes: Buffer, limits: { pixels: number }): RawPicture | undefined {
  const header = headerOf(bytes);
  const { width, height, offset, bits, isTopDown } = header;
  if (width < 1 || height < 1) throw new UnreadableFile('damaged', 'Billedet kan ikke læses.');
  if (width * height > limits.pixels)
    throw new UnreadableFile('too-large', `Billedet er ${width} gange ${height} punkter.`);
  const colourAt = colours(bytes, header);
  if (!colourAt) return undefined;
  // Rows are padded to four bytes.
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (offset + stride * height > bytes.length) throw new UnreadableFile('damaged', 'Billedet er afkortet.');
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = offset + stride * (isTopDown ? y : height - 1 - y);
    for (let x = 0; x < width; x++) pixels.set(colourAt(row, x), (y * width + x) * 3);
  }
  return { width, height, pixels };
}
