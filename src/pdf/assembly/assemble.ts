import { readFile, rename, writeFile } from 'node:fs/promises';
import { PDFDict, PDFDocument, PDFHexString, PDFName, PDFString, type PDFPage } from 'pdf-lib';
import { addBookmarks, addPageLabels } from './bookmarks';
import { Stamp } from './stamp';
import { embedStampFont } from './stamp-font';

/** One document of the package; its files follow each other in the given order. */
export interface PackageDocument {
  /** The heading under which its bookmark stands; documents of a case follow each other. */
  caseTitle: string;
  /** Number in the list of documents. */
  number: string | number;
  title: string;
  /** PDF files: bytes, or paths. */
  files: (Uint8Array | string)[];
}

export interface PackagePlan {
  documents: PackageDocument[];
  /** Title of the whole, in Danish. */
  title: string;
  municipality: string;
  /** Written into the file; the same plan gives the same bytes. */
  createdAt: Date;
}

export interface AssembledDocument {
  number: string | number;
  /** Page in the package, from 1. */
  firstPage: number;
  pages: number;
}

export interface AssembledPackage {
  pages: number;
  documents: AssembledDocument[];
}

/** A file that cannot become part of a package. The message is a whole sentence for staff. */
export class AssemblyError extends Error {}

/** What a page keeps; comments, actions, metadata, private data and tags of the source stay behind. */
const KEPT_OF_PAGE = new Set([
  'Type',
  'Parent',
  'MediaBox',
  'CropBox',
  'Resources',
  'Contents',
  'Rotate',
  'Group',
  'UserUnit',
]);

/**
 * Joins redacted documents into one PDF with bookmarks by case and document, page labels and a stamp below each page.
 * Writes `outPath` whole or not at all. Throws {@link AssemblyError} when a file cannot be read or has no pages.
 */
export async function assemblePackage(plan: PackagePlan, outPath: string): Promise<AssembledPackage> {
  const target = await PDFDocument.create({ updateMetadata: false });
  const documents: AssembledDocument[] = [];
  for (const document of plan.documents) {
    const firstPage = target.getPageCount() + 1;
    for (const [index, file] of document.files.entries()) {
      await appendPages(target, file, `File ${index + 1} of document ${document.number}`);
    }
    const pages = target.getPageCount() + 1 - firstPage;
    if (pages === 0) throw new AssemblyError(`Document ${document.number} has no pages. Give it at least one file.`);
    documents.push({ number: document.number, firstPage, pages });
  }
  const pages = target.getPages();
  if (pages.length === 0) throw new AssemblyError('The package has no documents. Nothing was written.');
  await stampAll(target, pages, documents);
  addBookmarks(target, plan.documents, documents);
  addPageLabels(target, documents);
  describe(target, plan);
  const bytes = await target.save({ addDefaultPage: false, updateFieldAppearances: false });
  const partial = `${outPath}.partial`;
  await writeFile(partial, bytes, { mode: 0o600 });
  await rename(partial, outPath);
  return { pages: pages.length, documents };
}

async function appendPages(target: PDFDocument, file: Uint8Array | string, what: string): Promise<void> {
  const source = await open(file, what);
  for (const page of source.getPages()) {
    for (const key of page.node.keys()) {
      // Inherited entries sit above the page, and pdf-lib brings them down when it copies.
      if (!KEPT_OF_PAGE.has(key.decodeText())) page.node.delete(key);
    }
  }
  for (const page of await target.copyPages(source, source.getPageIndices())) target.addPage(page);
}

async function open(file: Uint8Array | string, what: string): Promise<PDFDocument> {
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

async function stampAll(target: PDFDocument, pages: PDFPage[], documents: AssembledDocument[]): Promise<void> {
  const stamp = new Stamp(target, await embedStampFont(target));
  for (const document of documents) {
    for (let own = 1; own <= document.pages; own += 1) {
      const inPackage = document.firstPage + own - 1;
      stamp.print(pages[inPackage - 1] as PDFPage, {
        left: `Dokument ${document.number}, side ${own} af ${document.pages}`,
        right: `Side ${inPackage} af ${pages.length}`,
      });
    }
  }
}

function describe(target: PDFDocument, plan: PackagePlan): void {
  const { context, catalog } = target;
  const date = PDFString.fromDate(plan.createdAt);
  const info = context.obj({});
  if (!(info instanceof PDFDict)) return;
  info.set(PDFName.of('Title'), PDFHexString.fromText(plan.title));
  info.set(PDFName.of('Author'), PDFHexString.fromText(plan.municipality));
  info.set(PDFName.of('Producer'), PDFString.of('Aktindsigt'));
  info.set(PDFName.of('CreationDate'), date);
  info.set(PDFName.of('ModDate'), date);
  context.trailerInfo.Info = context.register(info);
  catalog.set(PDFName.of('Lang'), PDFString.of('da-DK'));
  catalog.set(PDFName.of('PageMode'), PDFName.of('UseOutlines'));
  catalog.set(PDFName.of('ViewerPreferences'), context.obj({ DisplayDocTitle: true }));
}
