import type { PDFDocumentProxy } from 'pdfjs-dist/types/src/display/api';
import type { BoxesByPage } from '../../contracts';
import { foldText } from './folded-text';
import { readGatePage, type PageReadingOfGate } from './page-reading';
import { openWithPdfJs } from './pdfjs-document';
import type { RawFinding } from './tally';
import { centreIn } from './transform';

/** At most this share of a page's letters outside the boxes may be missing before it is told. */
const LOST = 0.02;

/**
 * Compares with the file before redaction. A different number of pages fails; lost text outside the boxes is told (it may
 * have been removed everywhere on purpose).
 */
export async function compareWithOriginal(
  document: PDFDocumentProxy,
  original: Uint8Array,
  options: { boxes?: BoxesByPage },
): Promise<RawFinding[]> {
  const { document: before, close } = await openWithPdfJs(original);
  try {
    if (before.numPages !== document.numPages) {
      return [{ message: `The original has ${before.numPages} pages, the file ${document.numPages}.`, grave: true }];
    }
    const found: RawFinding[] = [];
    for (let index = 0; index < before.numPages; index += 1) {
      const boxes = options.boxes?.[String(index)] ?? [];
      const had = lettersOutside(await readGatePage(await before.getPage(index + 1)), boxes);
      const has = lettersOutside(await readGatePage(await document.getPage(index + 1)), boxes);
      const lost = missing(had, has);
      if (lost > LOST * had.length) {
        found.push({
          page: index,
          message: `${lost} of ${had.length} letters outside the boxes are gone.`,
          grave: false,
        });
      }
    }
    return found;
  } finally {
    await close();
  }
}

function lettersOutside(reading: PageReadingOfGate, boxes: BoxesByPage[string]): string {
  const outside = reading.painting.letters.filter((letter) => !boxes.some((box) => centreIn(letter.box, box, 1)));
  return foldText(outside.map((letter) => letter.text).join(''), false).letters;
}

function missing(had: string, has: string): number {
  const counts = new Map<string, number>();
  for (const letter of has) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let lost = 0;
  for (const letter of had) {
    const left = counts.get(letter) ?? 0;
    if (left === 0) lost += 1;
    else counts.set(letter, left - 1);
  }
  return lost;
}
