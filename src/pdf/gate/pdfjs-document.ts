import { readFile } from 'node:fs/promises';
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

/** How pdf.js is named in a report. */
export async function engineOfPdfJs(): Promise<{ engine: string; version: string }> {
  try {
    return { engine: 'pdf.js', version: (await loadPdfJs()).version };
  } catch {
    // The check "readable" fails for the same reason and says so.
    return { engine: 'pdf.js', version: 'not loaded' };
  }
}

/** Pictures with more pixels are not decoded; the scan fails a file that holds one, since nobody can say what it shows. */
export const LARGEST_PICTURE = 100_000_000;

export interface OpenDocument {
  document: PDFDocumentProxy;
  close: () => Promise<void>;
}

/** Opens a PDF with pdf.js for reading only: no scripts, no network, no system fonts, no evaluation of code. */
export function openWithPdfJs(pdf: Uint8Array): Promise<OpenDocument> {
  // pdf.js takes the buffer over.
  return open(Uint8Array.from(pdf));
}

/** {@link openWithPdfJs} for a file; its bytes are in memory once. */
export async function openFileWithPdfJs(path: string): Promise<OpenDocument> {
  const pdf = await readFile(path);
  return pdf.byteLength === pdf.buffer.byteLength ? open(new Uint8Array(pdf.buffer)) : openWithPdfJs(pdf);
}

async function open(data: Uint8Array): Promise<OpenDocument> {
  const { getDocument } = await loadPdfJs();
  const folder = dirname(require.resolve('pdfjs-dist/package.json'));
  const task = getDocument({
    data,
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
