import { type PDFDict, PDFHexString, PDFName, PDFNumber, type PDFDocument, type PDFRef } from 'pdf-lib';
import type { AssembledDocument, PackageDocument } from './assemble';

interface Bookmark {
  title: string;
  page: PDFRef;
  children: Bookmark[];
}

/** An outline of two levels: case, document. */
export function addBookmarks(target: PDFDocument, planned: PackageDocument[], placed: AssembledDocument[]): void {
  const cases: Bookmark[] = [];
  let open: string | undefined;
  planned.forEach((document, i) => {
    const page = target.getPage((placed[i] as AssembledDocument).firstPage - 1).ref;
    if (document.caseTitle !== open) cases.push({ title: document.caseTitle, page, children: [] });
    open = document.caseTitle;
    cases[cases.length - 1]?.children.push({ title: `${document.number}. ${document.title}`, page, children: [] });
  });
  const root = target.context.nextRef();
  const outline = target.context.obj({ Type: 'Outlines' }) as PDFDict;
  addLevel(target, root, outline, cases);
  target.context.assign(root, outline);
  target.catalog.set(PDFName.of('Outlines'), root);
}

function addLevel(target: PDFDocument, parentRef: PDFRef, parent: PDFDict, bookmarks: Bookmark[]): void {
  const refs = bookmarks.map(() => target.context.nextRef());
  bookmarks.forEach((bookmark, i) => {
    const item = target.context.obj({ Parent: parentRef, Dest: [bookmark.page, 'Fit'] }) as PDFDict;
    item.set(PDFName.of('Title'), PDFHexString.fromText(bookmark.title));
    const [before, after] = [refs[i - 1], refs[i + 1]];
    if (before) item.set(PDFName.of('Prev'), before);
    if (after) item.set(PDFName.of('Next'), after);
    if (bookmark.children.length > 0) addLevel(target, refs[i] as PDFRef, item, bookmark.children);
    target.context.assign(refs[i] as PDFRef, item);
  });
  const [first, last] = [refs[0], refs[refs.length - 1]];
  if (!first || !last) return;
  parent.set(PDFName.of('First'), first);
  parent.set(PDFName.of('Last'), last);
  parent.set(PDFName.of('Count'), PDFNumber.of(count(bookmarks)));
}

/** Bookmarks in sight when all are unfolded, which is how the file opens. */
function count(bookmarks: Bookmark[]): number {
  return bookmarks.reduce((sum, bookmark) => sum + 1 + count(bookmark.children), 0);
}

/** Labels `4-1`, `4-2` …: document number and page of the document. */
export function addPageLabels(target: PDFDocument, documents: AssembledDocument[]): void {
  const ranges = documents.flatMap((document) => [
    PDFNumber.of(document.firstPage - 1),
    target.context.obj({ S: 'D', St: 1, P: PDFHexString.fromText(`${document.number}-`) }),
  ]);
  target.catalog.set(PDFName.of('PageLabels'), target.context.obj({ Nums: ranges }));
}
