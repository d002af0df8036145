import { PDFDocument } from 'pdf-lib';
import { PdfDamagedError } from './errors';

export async function emptyDocument(): Promise<PDFDocument> {
  return PDFDocument.create({ updateMetadata: false });
}

export async function write(document: PDFDocument): Promise<Uint8Array> {
  return document.save({ useObjectStreams: true, addDefaultPage: false, updateFieldAppearances: false });
}

export async function parse(bytes: Uint8Array): Promise<PDFDocument> {
  try {
    return await PDFDocument.load(bytes, {
      updateMetadata: false,
      throwOnInvalidObject: false,
      ignoreEncryption: true,
    });
  } catch {
    throw new PdfDamagedError('The PDF is damaged: its objects cannot be read.');
  }
}
