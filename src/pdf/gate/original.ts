import type { PDFDocumentProxy } from 'pdfjs-dist/types/src/display/api';
import type { Box } from '../../contracts';
import { foldText } from './folded-text';
import { readGatePage, type PageReadingOfGate } from './page-reading';
import { openFileWithPdfJs } from './pdfjs-document';
import type { RawFinding } from './tally';
import { centreIn } from './transform';

/** At most this share of a page's letters outside the boxes may be missing before it is told. */
const LOST = 0.02;

/**
 * The file before redaction. A different number of pages fails; lost text outside the boxes is told (it may have been
 * removed everywhere on purpose).
 */
export class OriginalPages {
  private constructor(
    private readonly document: PDFDocumentProxy,
    readonly close: () => Promise<void>,
  ) {}

  static async open(path: string): Promise<OriginalPages> {
    const { document, close } = await openFileWithPdfJs(path);
    return new OriginalPages(document, close);
  }

  get pages(): number {
    return this.document.numPages;
  }

  countFinding(pages: number): RawFinding[] {
    if (this.pages === pages) return [];
    return [{ message: `The original has ${this.pages} pages, the file ${pages}.`, grave: true }];
  }

  async compare(index: number, after: PageReadingOfGate, boxes: readonly Box[]): Promise<RawFinding[]> {
    if (index >= this.pages) return [];
    const page = await this.document.getPage(index + 1);
    const had = lettersOutside(await readGatePage(page), boxes);
    page.cleanup();
    const lost = missing(had, lettersOutside(after, boxes));
    if (lost <= LOST * had.length) return [];
    return [{ page: index, message: `${lost} of ${had.length} letters outside the boxes are gone.`, grave: false }];
  }
}

function lettersOutside(reading: PageReadingOfGate, boxes: readonly Box[]): string {
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
