import { free, malloc, rectAt, type OpenDocument } from './pdfium';

export interface PageFrame {
  /** Unrotated size in points. */
  width: number;
  height: number;
  rotation: 0 | 90 | 180 | 270;
  /** Lower left corner of what is shown, in the page's user space. */
  origin: readonly [x: number, y: number];
}

/** Size, place and turn of the part of a page that is shown: the crop box within the media box. */
export function pageFrame(document: OpenDocument, page: number): PageFrame {
  const { pdfium } = document;
  const rotation = ([0, 90, 180, 270] as const)[pdfium.FPDFPage_GetRotation(page)] ?? 0;
  const shown = [pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)] as const;
  const [width, height] = rotation % 180 === 0 ? shown : [shown[1], shown[0]];
  const rect = malloc(pdfium, 16);
  try {
    const known = pdfium.FPDF_GetPageBoundingBox(page, rect);
    const [left, , , bottom] = rectAt(pdfium, rect);
    const origin = known ? ([left, bottom] as const) : ([0, 0] as const);
    return { width, height, rotation, origin };
  } finally {
    free(pdfium, rect);
  }
}
