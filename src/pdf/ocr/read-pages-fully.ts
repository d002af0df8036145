import type { Box, BoxesByPage, PageText, ReadingDoubt, Word } from '../../contracts';
import type { PdfEngine } from '../engine/pdf-engine';
import { withoutTouched } from './read-before';
import { readByOcr, type OcrEngine, type OcrResult } from './read-by-ocr';
import { isInside, layerAgreement } from './text-layer';

export interface FullReadOptions {
  /** Which program reads pictures. */
  ocr?: OcrEngine;
  /** Tells whether a dictionary knows a word. */
  isKnownWord?: (word: string) => boolean;
  /** Places whose text is our own labels: they make no page readable. */
  ignored?: BoxesByPage;
  /** The same pages as they were read before something was removed in the `ignored` places: no picture is read twice. */
  before?: readonly PageText[];
}

/** Reading programs are trained near 300 dots an inch; more only costs time. */
const DPI = 300;
/** A page with fewer letters than this is read as a picture. */
const LETTERS_OF_A_READABLE_PAGE = 8;
/** Pictures that cover this share of a page may say something; a letterhead's mark is smaller. */
const PICTURES_WORTH_READING = 0.12;
/** From here on the page is a scan, and its text only a layer. */
const SCAN = 0.6;

/**
 * Every page's text with places: the file's own, and what a reading program finds in its pictures. A scan's own text layer
 * is checked against the picture. A page that no machine could read surely is `unread` and says why; what was found on it
 * is there all the same.
 */
export async function readPagesFully(engine: PdfEngine, pdf: string, options: FullReadOptions): Promise<PageText[]> {
  const pages = await engine.readPages(pdf);
  const pictures = await engine.pictureBoxes(pdf);
  const read: PageText[] = [];
  for (const page of pages) {
    const boxes = pictures[page.index] ?? [];
    const covered = Math.min(
      1,
      boxes.reduce((sum, box) => sum + shareOfPage(box, page), 0),
    );
    const ignored = options.ignored?.[String(page.index)] ?? [];
    const isText = hasText(page, ignored);
    const before = options.before?.[page.index];
    if (isText && covered < PICTURES_WORTH_READING) read.push(page);
    else if (before) read.push(withoutTouched(before, ignored));
    else read.push(await readPicture(engine, pdf, page, isText ? boxes : null, covered, options));
  }
  return read;
}

async function readPicture(
  engine: PdfEngine,
  pdf: string,
  page: PageText,
  pictures: readonly Box[] | null,
  covered: number,
  options: FullReadOptions,
): Promise<PageText> {
  const png = await engine.rasterise(pdf, page.index, { dpi: DPI, format: 'png' });
  const { width, height, rotation, origin } = page;
  const reading = await readByOcr(png, {
    dpi: DPI,
    pageWidth: width,
    pageHeight: height,
    rotation,
    ...(origin ? { origin } : {}),
    language: 'dan',
    engine: options.ocr,
    ...(options.isKnownWord ? { isKnownWord: options.isKnownWord } : {}),
  });
  if (reading === null) return { ...page, reading: 'unread', doubt: 'no-program' };
  return pictures ? withPictures(page, reading, pictures, covered) : asPicture(page, reading);
}

function asPicture(page: PageText, { text, words, trust, measures, doubt }: OcrResult): PageText {
  return { ...page, text, words, trust, measures, ...(doubt ? { reading: 'unread', doubt } : { reading: 'ocr' }) };
}

/** The file's own text stands; what only the picture says follows it. */
function withPictures(page: PageText, reading: OcrResult, pictures: readonly Box[], covered: number): PageText {
  const { differs, missing } = layerAgreement(page.words, reading.words, pictures);
  const doubt: ReadingDoubt | undefined = differs
    ? 'text-layer-differs'
    : covered >= SCAN || reading.doubt === 'uncovered-ink'
      ? reading.doubt
      : undefined;
  const { text, words } = appended(page, missing);
  const { trust, measures } = reading;
  return { ...page, text, words, trust, measures, ...(doubt ? { reading: 'unread', doubt } : {}) };
}

function appended(page: PageText, more: readonly Word[]): Pick<PageText, 'text' | 'words'> {
  let { text } = page;
  const words = [...page.words];
  let last: Word | undefined;
  for (const word of more) {
    const isSameLine = last !== undefined && word.start === last.end + 1 && Math.abs(word.box[1] - last.box[1]) < 4;
    if (text !== '') text += isSameLine ? ' ' : '\n';
    words.push({ ...word, start: text.length, end: text.length + word.text.length });
    text += word.text;
    last = word;
  }
  return { text, words };
}

function hasText({ words }: PageText, ignored: readonly Box[]): boolean {
  const own = words.filter((word) => !ignored.some((box) => isInside(word.box, box)));
  return own.reduce((sum, word) => sum + word.text.length, 0) >= LETTERS_OF_A_READABLE_PAGE;
}

function shareOfPage([x0, y0, x1, y1]: Box, { width, height, origin: [ox, oy] = [0, 0] }: PageText): number {
  const across = Math.min(x1, ox + width) - Math.max(x0, ox);
  const up = Math.min(y1, oy + height) - Math.max(y0, oy);
  return (Math.max(0, across) * Math.max(0, up)) / (width * height);
}
