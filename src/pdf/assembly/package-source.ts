import { readFile } from 'node:fs/promises';
import { PDFDocument } from 'pdf-lib';
import { AssemblyError } from './assembly-error';

/** A PDF file: its bytes, or its path. */
export type PdfSource = Uint8Array | string;

/** A PDF file, or some pages of it: from `first` to before `end`, from 0. */
export type PackageSource = PdfSource | { file: PdfSource; first: number; end: number };

/** The document, and which of its pages are meant. Throws {@link AssemblyError}; `what` names the file in its sentence. */
export async function openSource(from: PackageSource, what: string): Promise<{ source: PDFDocument; pages: number[] }> {
  const { file, first, end } = isWhole(from) ? { file: from, first: 0, end: Infinity } : from;
  const source = await open(file, what);
  return { source, pages: source.getPageIndices().slice(first, end) };
}

/** How many pages a PDF has. Throws {@link AssemblyError}. */
export async function pageCountOf(pdf: PdfSource): Promise<number> {
  return (await open(pdf, 'The file')).getPageCount();
}

function isWhole(from: PackageSource): from is PdfSource {
  return typeof from === 'string' || from instanceof Uint8Array;
}

async function open(file: PdfSource, what: string): Promise<PDFDocument> {
  let bytes: Uint8Array;
  try {
    bytes = typeof file === 'string' ? await readFile(file) : file;
  } catch {
    throw new AssemblyError(`${what} cannot be read from the disk. Nothing was written.`);
  }
  try {
    return await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true });
  } catch {
    throw new AssemblyError(`${what} is no PDF that can be joined: it is damaged or encrypted. Nothing was written.`);
  }
}
