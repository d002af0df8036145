import { type PDFDict, PDFName, PDFRawStream, type PDFDocument, type PDFFont } from 'pdf-lib';
import sharp from 'sharp';
import { deflateSync } from 'node:zlib';
import type { Box } from '../../contracts';
import { overlaps } from './box-geometry';
import { number } from './form-matrix';
import type { PageFrame } from './page-frame';
import { groupWords, readLetters, type LetterWord } from './page-letters';
import type { OpenDocument } from './pdfium';
import { pixelsOf, renderPage, type Picture } from './render';

export interface PagePicture {
  jpeg: Uint8Array;
  width: number;
  height: number;
  frame: PageFrame;
  /** The words that are left, to be searched and read aloud. */
  words: LetterWord[];
}

const DPI = 200;
const MIN_DPI = 40;
const MAX_SIDE = 6000;

/** A page as a picture with the boxes burned into it, and the words that no box touches. */
export async function pictureOf(
  document: OpenDocument,
  page: number,
  boxes: readonly Box[],
  fill: readonly number[],
): Promise<PagePicture> {
  const { picture, letters } = document.withPage(page, (handle) => {
    const dpi = dpiFor(document.pdfium.FPDF_GetPageWidthF(handle), document.pdfium.FPDF_GetPageHeightF(handle));
    return { picture: renderPage(document, handle, dpi), letters: readLetters(document, handle) };
  });
  for (const box of boxes) burn(picture, box, fill);
  const { width, height, channels, frame } = picture;
  const jpeg = await sharp(picture.data, { raw: { width, height, channels } })
    .removeAlpha()
    .jpeg({ quality: 82 })
    .toBuffer();
  const { origin } = frame;
  const shown: Box = [origin[0], origin[1], origin[0] + frame.width, origin[1] + frame.height];
  const left = letters.map((letter) => {
    const goes =
      letter !== null &&
      letter !== 'line' &&
      (!overlaps(letter.box, shown) || boxes.some((box) => overlaps(letter.box, box)));
    return goes ? null : letter;
  });
  return { jpeg, width, height, frame, words: groupWords(left) };
}

function dpiFor(width: number, height: number): number {
  return Math.max(MIN_DPI, Math.min(DPI, (MAX_SIDE * 72) / Math.max(width, height)));
}

function burn(picture: Picture, box: Box, fill: readonly number[]): void {
  const [left, top, right, bottom] = pixelsOf(picture, box);
  const colour = fill.map((part) => Math.round(part * 255));
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(picture.height, Math.ceil(bottom)); y++) {
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(picture.width, Math.ceil(right)); x++) {
      picture.data.set(colour, (y * picture.width + x) * 4);
    }
  }
}

const PICTURE_NAME = 'Side';
const FONT_NAME = 'Usynlig';

/** Appends a page that shows the picture, with its words as invisible text. The page is as large and turned as it was. */
export async function drawPageAsPicture(target: PDFDocument, picture: PagePicture, font: PDFFont): Promise<void> {
  const { context } = target;
  const { frame } = picture;
  const [x, y] = frame.origin;
  const leaf = target.addPage().node;
  const image = context.obj({
    ...{ Type: 'XObject', Subtype: 'Image', Width: picture.width, Height: picture.height, ColorSpace: 'DeviceRGB' },
    ...{ BitsPerComponent: 8, Filter: 'DCTDecode', Length: picture.jpeg.length },
  }) as PDFDict;
  const imageRef = context.register(PDFRawStream.of(image, picture.jpeg));
  leaf.set(PDFName.of('MediaBox'), context.obj([x, y, x + frame.width, y + frame.height]));
  leaf.set(PDFName.of('Rotate'), context.obj(frame.rotation));
  leaf.set(
    PDFName.of('Resources'),
    context.obj({ XObject: { [PICTURE_NAME]: imageRef }, Font: { [FONT_NAME]: font.ref } }),
  );
  const content = `q ${placement(frame).map(number).join(' ')} cm /${PICTURE_NAME} Do Q\n${invisibleText(picture.words, font)}`;
  const bytes = deflateSync(Buffer.from(content, 'latin1'));
  const dict = context.obj({ Filter: 'FlateDecode', Length: bytes.length }) as PDFDict;
  leaf.set(PDFName.of('Contents'), context.register(PDFRawStream.of(dict, bytes)));
}

/** The picture is upright as shown; the page turns it, so it is laid the other way round. */
function placement({ origin: [x, y], width: w, height: h, rotation }: PageFrame): number[] {
  switch (rotation) {
    case 90:
      return [0, h, -w, 0, x + w, y];
    case 180:
      return [-w, 0, 0, -h, x + w, y + h];
    case 270:
      return [0, -h, w, 0, x, y + h];
    default:
      return [w, 0, 0, h, x, y];
  }
}

function invisibleText(words: readonly LetterWord[], font: PDFFont): string {
  const lines = words.map((word) => {
    const text = writable(word.text, font);
    const [x0, y0, x1, y1] = word.box;
    const size = Math.max(1, (y1 - y0) * 0.85);
    const natural = text === '' ? 0 : font.widthOfTextAtSize(text, size);
    if (natural === 0) return '';
    const stretch = ((x1 - x0) / natural) * 100;
    const place = `1 0 0 1 ${number(x0)} ${number(y0 + size * 0.2)} Tm`;
    return `/${FONT_NAME} ${number(size)} Tf ${number(stretch)} Tz ${place} ${font.encodeText(text).toString()} Tj`;
  });
  return `BT 3 Tr\n${lines.filter((line) => line !== '').join('\n')}\nET`;
}

/** Letters that the standard font knows; the picture shows the others. */
function writable(text: string, font: PDFFont): string {
  const known = new Set(font.getCharacterSet());
  return [...text.normalize('NFC')].filter((letter) => known.has(letter.codePointAt(0)!)).join('');
}
