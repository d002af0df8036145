import type { PDFDocumentProxy } from 'pdfjs-dist';
import { PdfDamagedError, PdfEncryptedError } from '../../pdf';

/** Opens a PDF with pdf.js for as long as `use` runs. */
export async function withPdfJs<T>(bytes: Uint8Array, use: (document: PDFDocumentProxy) => Promise<T>): Promise<T> {
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  // pdf.js takes the buffer over, so it gets one of its own.
  const data = Uint8Array.from(bytes);
  const task = getDocument({ data, verbosity: VerbosityLevel.ERRORS, isEvalSupported: false });
  try {
    const document = await task.promise.catch((error: unknown) => {
      const isLocked = error instanceof Error && error.name === 'PasswordException';
      throw isLocked
        ? new PdfEncryptedError('The PDF needs a password.')
        : new PdfDamagedError('The PDF cannot be opened.');
    });
    return await use(document);
  } finally {
    await task.destroy();
  }
}

/** The text of every page, as pdf.js reads it. */
export function textOfPages(bytes: Uint8Array): Promise<string[]> {
  return withPdfJs(bytes, async (document) => {
    const texts: string[] = [];
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      texts.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
      page.cleanup();
    }
    return texts;
  });
}
