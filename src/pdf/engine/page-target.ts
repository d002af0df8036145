import type { PDFContext, PDFDocument, PDFPageLeaf } from 'pdf-lib';

/** A document to add pages to. */
export interface PageTarget {
  readonly context: PDFContext;
  newPage(): PDFPageLeaf;
}

export function documentTarget(document: PDFDocument): PageTarget {
  return { context: document.context, newPage: () => document.addPage().node };
}
