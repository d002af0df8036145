import { type PDFDocument, PDFName, type PDFRef } from 'pdf-lib';
import sharp from 'sharp';
import type { ConversionNotes } from './conversion-note';
import { UnreadableFile } from './conversion-result';
import { detectKind } from './detect-kind';
import type { ConversionLimits } from './limits';
import { readBmp } from './read-bmp';
import { readHeic } from './read-heic';

type PictureLimits = Pick<ConversionLimits, 'pixels' | 'pages'>;

const A4 = { width: 595.28, height: 841.89 };
const MARGIN = 28;
/** Below this a density is a screen's or a camera's default and says nothing about paper. */
const LOWEST_SCAN_DPI = 100;
const LARGEST_PAGE = 14_400;
/** More pictures than this nobody looks through one by one. */
const MOST_ANIMATION_FRAMES = 100;

interface Frame {
  width: number;
  height: number;
  density: number | undefined;
}

interface Place {
  page: [width: number, height: number];
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A scan keeps its paper size; any other picture is fitted on an A4 page turned its way, never blown up over 96 dpi. */
function placeOf({ width, height, density }: Frame): Place {
  if (density !== undefined && density >= LOWEST_SCAN_DPI) {
    const points = { width: (width * 72) / density, height: (height * 72) / density };
    const isPaper =
      Math.min(points.width, points.height) >= 72 && Math.max(points.width, points.height) <= LARGEST_PAGE;
    if (isPaper) return { page: [points.width, points.height], x: 0, y: 0, ...points };
  }
  const [pageWidth, pageHeight] = width > height ? [A4.height, A4.width] : [A4.width, A4.height];
  const scale = Math.min((pageWidth - 2 * MARGIN) / width, (pageHeight - 2 * MARGIN) / height, 72 / 96);
  const shown = { width: width * scale, height: height * scale };
  return {
    page: [pageWidth, pageHeight],
    x: (pageWidth - shown.width) / 2,
    y: pageHeight - MARGIN - shown.height,
    ...shown,
  };
}

/** The compressed pixels of a PNG are what PDF calls Flate with PNG predictors (ISO 32000-1, 7.4.4.4): no second packing. */
function pixelsOfPng(png: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 8; at + 8 <= png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') chunks.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return Buffer.concat(chunks);
}

interface Encoded {
  filter: 'DCTDecode' | 'FlateDecode';
  bytes: Buffer;
  width: number;
  height: number;
  channels: number;
}

/** Photographs stay JPEG, all else stays exact. Encoding anew leaves camera, place and time behind. */
async function encode(picture: sharp.Sharp, isPhoto: boolean): Promise<Encoded> {
  const upright = picture.autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb');
  const encoder = isPhoto
    ? upright.jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
    : upright.png({ compressionLevel: 6, adaptiveFiltering: true, palette: false });
  const { data, info } = await encoder.toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  if (isPhoto) return { filter: 'DCTDecode', bytes: data, width, height, channels: info.channels };
  // The bit depth and the channels that were really written stand in the header chunk.
  const channels = data[25] === 0 ? 1 : 3;
  if (data[24] !== 8 || (data[25] !== 0 && data[25] !== 2))
    throw new Error('The picture was encoded in an unexpected way.');
  return { filter: 'FlateDecode', bytes: pixelsOfPng(data), width, height, channels };
}

function embed(pdf: PDFDocument, picture: Encoded): PDFRef {
  const { width, height, channels, filter } = picture;
  const parameters = { Predictor: 15, Colors: channels, BitsPerComponent: 8, Columns: width };
  const stream = pdf.context.stream(picture.bytes, {
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    BitsPerComponent: 8,
    ColorSpace: channels === 1 ? 'DeviceGray' : 'DeviceRGB',
    Filter: filter,
    ...(filter === 'FlateDecode' ? { DecodeParms: parameters } : {}),
  });
  return pdf.context.register(stream);
}

function addPage(pdf: PDFDocument, picture: Encoded, density: number | undefined): void {
  const place = placeOf({ width: picture.width, height: picture.height, density });
  const page = pdf.addPage(place.page);
  const name = page.node.newXObject('Picture', embed(pdf, picture));
  const matrix = [place.width, 0, 0, place.height, place.x, place.y].map((value) => value.toFixed(3)).join(' ');
  const content = pdf.context.stream(`q ${matrix} cm ${name.toString()} Do Q`);
  page.node.set(PDFName.of('Contents'), pdf.context.register(content));
}

/** Pixels that another reader took out of a file; nothing is known of the paper. */
async function addRawPage(
  pdf: PDFDocument,
  pixels: Buffer,
  raw: { width: number; height: number; channels: 3 | 4 },
  isPhoto: boolean,
): Promise<void> {
  addPage(pdf, await encode(sharp(pixels, { raw, limitInputPixels: false }), isPhoto), undefined);
}

async function addHeicPages(pdf: PDFDocument, bytes: Buffer, limits: PictureLimits): Promise<number> {
  let frames = 0;
  for await (const { width, height, pixels } of readHeic(bytes, limits)) {
    if (++frames > limits.pages) throw new UnreadableFile('too-large', `Billedfilen har over ${limits.pages} sider.`);
    await addRawPage(pdf, pixels, { width, height, channels: 4 }, true);
  }
  return frames;
}

/** @throws UnreadableFile `unknown-format` for a compressed bitmap, which an office program can open */
async function addBmpPage(pdf: PDFDocument, bytes: Buffer, limits: PictureLimits): Promise<number> {
  const picture = readBmp(bytes, limits);
  if (!picture) throw new UnreadableFile('unknown-format', 'Billedet er pakket på en måde, der ikke kendes.');
  const { width, height, pixels } = picture;
  await addRawPage(pdf, pixels, { width, height, channels: 3 }, false);
  return 1;
}

async function metadataOf(bytes: Buffer): Promise<sharp.Metadata> {
  // Read without a bound on pixels first, so that a bound reached is told apart from a broken file.
  return sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => {
      throw new UnreadableFile('damaged', 'Billedet kan ikke læses.');
    });
}

/** Colour in the paper's own tint and in the noise of a scanner is less than this, of 255. */
const TINT = 30;
const COLOURED_SHARE = 0.01;

/** A page from a scanner says its density and has next to no colours; whatever else is a picture is for a human eye. */
export async function isScan(bytes: Buffer): Promise<boolean> {
  const picture = sharp(bytes, { limitInputPixels: false });
  const density = await picture.metadata().then(
    (metadata) => metadata.density ?? 0,
    () => 0,
  );
  if (density < LOWEST_SCAN_DPI) return false;
  const small = await picture.resize(300, 300, { fit: 'inside' }).flatten().toColourspace('srgb').raw().toBuffer();
  let coloured = 0;
  for (let at = 0; at + 2 < small.length; at += 3) {
    const [red, green, blue] = [small[at]!, small[at + 1]!, small[at + 2]!];
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > TINT) coloured++;
  }
  return coloured * 3 <= small.length * COLOURED_SHARE;
}

/** An animation shows its pictures one after the other: each is a page, up to as many as a person can look through. */
function framesToShow(metadata: sharp.Metadata, notes: ConversionNotes): number {
  const frames = metadata.pages ?? 1;
  const isAnimation = (metadata.format === 'gif' || metadata.format === 'webp') && frames > 1;
  if (!isAnimation) return frames;
  notes.add(frames > MOST_ANIMATION_FRAMES ? 'animation-cut' : 'animation-frames');
  return Math.min(frames, MOST_ANIMATION_FRAMES);
}

/** A GIF ends with a semicolon; some programs add a few bytes. The reader would leave missing pictures out in silence. */
function endsAsGif(bytes: Buffer): boolean {
  return bytes.subarray(-64).includes(0x3b);
}

async function addFrames(
  pdf: PDFDocument,
  bytes: Buffer,
  notes: ConversionNotes,
  limits: PictureLimits,
): Promise<number> {
  const metadata = await metadataOf(bytes);
  if (metadata.format === 'gif' && !endsAsGif(bytes)) throw new UnreadableFile('damaged', 'Billedet er afkortet.');
  const frames = framesToShow(metadata, notes);
  if (frames > limits.pages) throw new UnreadableFile('too-large', `Billedfilen har ${frames} sider.`);
  for (let page = 0; page < frames; page++) {
    const options = { page, limitInputPixels: false, failOn: 'warning' as const };
    try {
      const frame = frames === 1 ? metadata : await sharp(bytes, options).metadata();
      const height = frame.pageHeight ?? frame.height;
      if (frame.width * height > limits.pixels) {
        throw new UnreadableFile('too-large', `Billedet er ${frame.width} gange ${height} punkter.`);
      }
      addPage(pdf, await encode(sharp(bytes, options), metadata.format === 'jpeg'), frame.density);
    } catch (error) {
      if (error instanceof UnreadableFile) throw error;
      throw new UnreadableFile(
        'damaged',
        frames > 1 ? `Side ${page + 1} af ${frames} kan ikke læses.` : 'Billedet kan ikke læses.',
      );
    }
  }
  return frames;
}

/**
 * Puts a picture at the end of a PDF: one page a frame, in the order of the file.
 * @returns how many pages were added
 * @throws UnreadableFile `damaged`, `too-large`, or `unknown-format` for a compressed bitmap
 */
export async function addPicturePages(
  pdf: PDFDocument,
  bytes: Buffer,
  notes: ConversionNotes,
  limits: PictureLimits,
): Promise<number> {
  const { extension } = detectKind(bytes);
  if (extension === 'heic') return addHeicPages(pdf, bytes, limits);
  if (extension === 'bmp') return addBmpPage(pdf, bytes, limits);
  return addFrames(pdf, bytes, notes, limits);
}
