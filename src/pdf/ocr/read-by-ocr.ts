import { readFile } from 'node:fs/promises';
import type { Box, PageText, ReadingDoubt, ReadingMeasures, Word } from '../../contracts';
import { greyPicture } from './grey-picture';
import { closeJsTesseract, jsIsThere, jsTesseract } from './js-tesseract';
import { nativeIsThere, nativeTesseract } from './native-tesseract';
import { doubtOf, knownShare } from './reading-trust';
import type { OcrProgram, RecognisedWord } from './recognised-word';
import { straightened } from './straightened';
import { inkMeasure } from './uncovered-ink';
import { withoutSpeckle } from './without-speckle';

export type OcrEngine = 'native' | 'js' | 'none' | 'auto';

export interface OcrOptions {
  /** Dots per inch of the picture; 300 reads best. */
  dpi: number;
  /** Unrotated size of the page in points. */
  pageWidth: number;
  pageHeight: number;
  /** How the page is turned when shown; the picture is turned that way. */
  rotation: PageText['rotation'];
  /** Lower left corner of what is shown, as in {@link PageText}. */
  origin?: readonly [x: number, y: number];
  language: 'dan';
  /** Tells whether a dictionary knows a word; without it the words are not judged. */
  isKnownWord?: (word: string) => boolean;
  /** Which program reads; `auto` takes the machine's own, else the package. */
  engine?: OcrEngine;
}

export interface OcrResult {
  /** Boxes in PDF points of the unrotated page. */
  words: Word[];
  text: string;
  /** Mean of the words' trust by length, 0 to 1; 0 when nothing was found. */
  trust: number;
  engine: 'native' | 'js';
  measures: ReadingMeasures;
  /** Why the reading is not to be relied on. */
  doubt?: ReadingDoubt;
}

/**
 * Reads the picture of a page in Danish and English, straightened where it was laid in askew. Returns null when no reading
 * program is there: the page stays `unread`. Nothing is fetched. Throws when the program fails on the picture.
 */
export async function readByOcr(png: Buffer | string, options: OcrOptions): Promise<OcrResult | null> {
  const program = await chosen(options.engine ?? 'auto');
  if (!program) return null;
  const picture = await withoutSpeckle(typeof png === 'string' ? await readFile(png) : png);
  const grey = await greyPicture(picture, options.dpi);
  const { png: level, placeBefore } = await straightened(picture, grey);
  const found = (await program.read(level, options.dpi)).map(placeBefore);
  const words: Word[] = [];
  let text = '';
  let line = found[0]?.line;
  for (const word of found) {
    if (text !== '') text += word.line === line ? ' ' : '\n';
    line = word.line;
    words.push({
      text: word.text,
      start: text.length,
      end: text.length + word.text.length,
      box: onPage(word, options),
    });
    text += word.text;
  }
  const trust = meanTrust(found);
  const measures = { words: found.length, confidence: trust, ...knownOf(found, options), ...inkMeasure(grey, found) };
  const doubt = doubtOf(measures);
  return { words, text, trust, engine: program.name, measures, ...(doubt ? { doubt } : {}) };
}

function knownOf(found: readonly RecognisedWord[], { isKnownWord }: OcrOptions): { knownWords?: number } {
  const share =
    isKnownWord &&
    knownShare(
      found.map((word) => word.text),
      isKnownWord,
    );
  return share === undefined ? {} : { knownWords: share };
}

/** Ends what reading left open. */
export function closeOcr(): Promise<void> {
  return closeJsTesseract();
}

async function chosen(engine: OcrEngine): Promise<OcrProgram | undefined> {
  if (engine === 'none') return undefined;
  if (engine !== 'js' && (await nativeIsThere())) return nativeTesseract;
  return engine !== 'native' && jsIsThere() ? jsTesseract : undefined;
}

function meanTrust(words: readonly RecognisedWord[]): number {
  const letters = words.reduce((sum, word) => sum + word.text.length, 0);
  const sum = words.reduce((total, word) => total + word.trust * word.text.length, 0);
  return letters === 0 ? 0 : Math.round((sum / letters) * 1000) / 1000;
}

/** From pixels of the picture as shown to points of the unrotated page. */
function onPage(word: RecognisedWord, options: OcrOptions): Box {
  const scale = 72 / options.dpi;
  const [left, top, right, bottom] = [word.left, word.top, word.right, word.bottom].map((value) => value * scale);
  const { pageWidth: width, pageHeight: height } = options;
  const [ox, oy] = options.origin ?? [0, 0];
  const boxes: Record<PageText['rotation'], Box> = {
    0: [left, height - bottom, right, height - top],
    90: [top, left, bottom, right],
    180: [width - right, top, width - left, bottom],
    270: [width - bottom, height - right, width - top, height - left],
  };
  const [x0, y0, x1, y1] = boxes[options.rotation];
  return [x0 + ox, y0 + oy, x1 + ox, y1 + oy];
}
