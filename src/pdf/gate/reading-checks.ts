import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api';
import type { Box, JudgedHit, PageText } from '../../contracts';
import { readByOcr } from '../ocr/read-by-ocr';
import { isAllowed, type PageFinding, type PageRules } from './page-checks';
import type { PageReadingOfGate } from './page-reading';
import type { PagePicture } from './page-pictures';
import type { TermSearch } from './terms';
import { around, share } from './transform';
import type { ReadingRule } from './verify';

/** Dots per inch at which a page is read. */
export const READING_DPI = 300;
/** Pictures that cover this share of a page make it a scan. */
const SCANNED = 0.5;
/** One page in so many of those that are text is read too. */
const ONE_IN = 100;
/** A reading program places words less exactly than the page does. */
const SLACK = 3;

/** Why this page is read: its number and the file's hash drew it, or it is a picture. Undefined: it is not. */
export function whyRead(
  rule: ReadingRule,
  fileHash: string,
  page: number,
  reading: PageReadingOfGate,
  rasterised: boolean,
): 'drawn' | 'picture' | undefined {
  if (rule === 'none') return undefined;
  const drawn = createHash('sha256').update(`${fileHash}:${page}`).digest().readUInt32BE() % ONE_IN === 0;
  if (drawn) return 'drawn';
  return rule === 'scans' && (rasterised || isScan(reading)) ? 'picture' : undefined;
}

function isScan({ painting, view }: PageReadingOfGate): boolean {
  const pictures = painting.covers.filter(({ kind }) => kind === 'picture');
  return pictures.reduce((sum, { box }) => sum + share(view, box), 0) >= SCANNED;
}

/** Seeks the terms in what a reading program sees on the page. */
export async function checkReading(
  page: PDFPageProxy,
  picture: PagePicture,
  search: TermSearch,
  rules: PageRules,
): Promise<{ findings: PageFinding[]; judged: JudgedHit[] }> {
  const index = page.pageNumber - 1;
  const { width, height, data } = picture;
  const png = await sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = page.view;
  const read = await readByOcr(png, {
    dpi: READING_DPI,
    pageWidth: x1 - x0,
    pageHeight: y1 - y0,
    rotation: (((page.rotate % 360) + 360) % 360) as PageText['rotation'],
    origin: [x0, y0],
    language: 'dan',
  });
  if (!read) {
    const message = 'The page is a scan, and no reading program is there to judge it. Install Tesseract.';
    return { findings: [{ page: index, message, grave: true }], judged: [] };
  }
  const judged = search.find(read.text).map(({ term, start, end }): JudgedHit => {
    const words = read.words.filter((word) => word.start < end && word.end > start).map((word) => word.box);
    const { decision, allowed } = isAllowed(index, words, rules, SLACK);
    return { check: 'ocr', page: index, box: boxOf(words), term, verdict: allowed ? 'kept' : 'leak', decision };
  });
  const findings = judged.filter(({ verdict }) => verdict === 'leak');
  return { judged, findings: findings.map(({ box, term }) => found(index, box, term)) };
}

function boxOf(words: Box[]): Box | undefined {
  return around(words);
}

function found(page: number, box: Box | undefined, term: number): PageFinding {
  return { page, box, term, grave: true, message: 'The picture of the page shows a text that must be gone.' };
}
