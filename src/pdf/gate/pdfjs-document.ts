import { dirname, join } from 'node:path';
import type { PDFDocumentProxy } from 'pdfjs-dist/types/src/display/api';

export interface PdfJs {
  version: string;
  OPS: Record<string, number>;
  getDocument(source: object): { promise: Promise<PDFDocumentProxy>; destroy(): Promise<void> };
}

let loaded: Promise<PdfJs> | undefined;

/** pdf.js, loaded once: it is an ES module, so it comes by a dynamic import. */
export function loadPdfJs(): Promise<PdfJs> {
  loaded ??= import('pdfjs-dist/legacy/build/pdf.mjs') as unknown as Promise<PdfJs>;
  return loaded;
}

/** Pictures with more pixels are not decoded: they cannot be a cover of a few words, and decoding is what costs. */
const LARGEST_PICTURE = 2_000_000;

/** Opens a PDF with pdf.js for reading only: no scripts, no network, no system fonts, no evaluation of code. */
export async function openWithPdfJs(
  pdf: Uint8Array,
): Promise<{ document: PDFDocumentProxy; close: () => Promise<void> }> {
  const { getDocument } = await loadPdfJs();
  const folder = dirname(require.resolve('pdfjs-dist/package.json'));
  const task = getDocument({
    data: Uint8Array.from(pdf),
    cMapUrl: join(folder, 'cmaps/'),
    standardFontDataUrl: join(folder, 'standard_fonts/'),
    wasmUrl: join(folder, 'wasm/'),
    useSystemFonts: false,
    disableFontFace: true,
    isEvalSupported: false,
    enableXfa: true,
    stopAtErrors: false,
    maxImageSize: LARGEST_PICTURE,
    verbosity: 0,
  });
  try {
    return { document: await task.promise, close: () => task.destroy() };
  } catch (error) {
    await task.destroy();
    throw error;
  }
}
