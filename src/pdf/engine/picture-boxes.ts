import type { Box } from '../../contracts';
import { free, malloc, putFloats, rectAt, type OpenDocument } from './pdfium';

/** Kinds of page objects in PDFium (fpdfview.h). */
const IMAGE = 3;
const FORM = 5;
const MOST_DEPTH = 8;

/** Where the pictures of a page are drawn, in the page's own user space; drawings of lines are none. */
export function pictureBoxes(document: OpenDocument, page: number): Box[] {
  const { pdfium } = document;
  const memory = malloc(pdfium, 48);
  const found: Box[] = [];
  const visit = (object: number, matrices: number[][], depth: number): void => {
    const kind = pdfium.FPDFPageObj_GetType(object);
    if (kind === IMAGE && pdfium.FPDFPageObj_GetBounds(object, memory, memory + 4, memory + 8, memory + 12)) {
      const [left, bottom, right, top] = rectAt(pdfium, memory);
      found.push(matrices.reduceRight<Box>(through, [left, bottom, right, top]));
    }
    if (kind !== FORM || depth === MOST_DEPTH || !pdfium.FPDFPageObj_GetMatrix(object, memory)) return;
    const matrix = [...rectAt(pdfium, memory), ...rectAt(pdfium, memory + 16).slice(0, 2)];
    for (let index = 0; index < pdfium.FPDFFormObj_CountObjects(object); index += 1)
      visit(pdfium.FPDFFormObj_GetObject(object, index), [...matrices, matrix], depth + 1);
  };
  try {
    putFloats(pdfium, memory, [0, 0, 0, 0, 0, 0]);
    for (let index = 0; index < pdfium.FPDFPage_CountObjects(page); index += 1)
      visit(pdfium.FPDFPage_GetObject(page, index), [], 0);
    return found;
  } finally {
    free(pdfium, memory);
  }
}

/** The box around a box that a matrix `[a b c d e f]` moves. */
function through([x0, y0, x1, y1]: Box, [a, b, c, d, e, f]: number[]): Box {
  const xs = [a * x0 + c * y0, a * x1 + c * y0, a * x0 + c * y1, a * x1 + c * y1].map((x) => x + e);
  const ys = [b * x0 + d * y0, b * x1 + d * y0, b * x0 + d * y1, b * x1 + d * y1].map((y) => y + f);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
