import { rename, writeFile } from 'node:fs/promises';
import { PDFDict, PDFDocument, PDFHexString, PDFName, PDFString, type PDFPage } from 'pdf-lib';
import { addBookmarks, addPageLabels } from './bookmarks';
import { openSource, type PackageSource } from './package-source';
import { AssemblyError } from './assembly-error';
import { labelsOf } from './stamp-labels';
import { Stamp } from './stamp';
import { embedStampFont } from './stamp-font';

/** One document of the package; its files follow each other in the given order. */
export interface PackageDocument {
  /** The heading under which its bookmark stands; documents of a case follow each other. */
  caseTitle: string;
  /** Number in the list of documents. */
  number: string | number;
  title: string;
  files: PackageSource[];
  /** Where only some of the document's pages stand in this package. */
  piece?: DocumentPiece;
}

/** A document that is too large for one package, divided at its pages. */
export interface DocumentPiece {
  /** Pages of the document that stand in earlier packages. */
  before: number;
  /** Pages of the whole document. */
  of: number;
}

export interface PackagePlan {
  documents: PackageDocument[];
  /** Title of the whole, in Danish. */
  title: string;
  municipality: string;
  /** Written into the file; the same plan gives the same bytes. */
  createdAt: Date;
  /** Pages that stand before the documents: a list of what is there. PDF bytes. */
  front?: Uint8Array;
  /** Which of several packages it is, from 1. */
  part?: { number: number; of: number };
}

export interface AssembledDocument {
  number: string | number;
  /** Page in the package, from 1; the pages in front count. */
  firstPage: number;
  pages: number;
}

export interface AssembledPackage {
  pages: number;
  documents: AssembledDocument[];
}

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
  if (plan.front) await appendPages(target, plan.front, 'The list in front');
  const inFront = target.getPageCount();
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
  if (documents.length === 0) throw new AssemblyError('The package has no documents. Nothing was written.');
  const stamp = new Stamp(target, await embedStampFont(target));
  labelsOf(plan, documents, inFront).forEach((label, index) => stamp.print(pages[index] as PDFPage, label));
  addBookmarks(target, plan, documents);
  addPageLabels(target, plan, documents);
  describe(target, plan);
  const bytes = await target.save({ addDefaultPage: false, updateFieldAppearances: false });
  const partial = `${outPath}.partial`;
  await writeFile(partial, bytes, { mode: 0o600 });
  await rename(partial, outPath);
  return { pages: pages.length, documents };
}

async function appendPages(target: PDFDocument, from: PackageSource, what: string): Promise<void> {
  const { source, pages } = await openSource(from, what);
  for (const page of source.getPages()) {
    for (const key of page.node.keys()) {
      // Inherited entries sit above the page, and pdf-lib brings them down when it copies.
      if (!KEPT_OF_PAGE.has(key.decodeText())) page.node.delete(key);
    }
  }
  for (const page of await target.copyPages(source, pages)) target.addPage(page);
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
