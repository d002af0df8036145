import { type PDFContext, type PDFDict, PDFHexString, PDFName, PDFNumber, type PDFRef } from 'pdf-lib';

/** A bookmark and those under it. */
export interface Bookmark<Page = PDFRef> {
  title: string;
  page: Page;
  children: Bookmark<Page>[];
}

/** Writes a document outline (ISO 32000-1, 12.3.3), all unfolded, and returns what the catalogue names as `Outlines`. */
export function writeOutline(context: PDFContext, bookmarks: Bookmark[]): PDFRef {
  const root = context.nextRef();
  const outline = context.obj({ Type: 'Outlines' }) as PDFDict;
  addLevel(context, root, outline, bookmarks);
  context.assign(root, outline);
  return root;
}

function addLevel(context: PDFContext, parentRef: PDFRef, parent: PDFDict, bookmarks: Bookmark[]): void {
  const refs = bookmarks.map(() => context.nextRef());
  bookmarks.forEach((bookmark, i) => {
    const item = context.obj({ Parent: parentRef, Dest: [bookmark.page, 'Fit'] }) as PDFDict;
    item.set(PDFName.of('Title'), PDFHexString.fromText(bookmark.title));
    const [before, after] = [refs[i - 1], refs[i + 1]];
    if (before) item.set(PDFName.of('Prev'), before);
    if (after) item.set(PDFName.of('Next'), after);
    if (bookmark.children.length > 0) addLevel(context, refs[i] as PDFRef, item, bookmark.children);
    context.assign(refs[i] as PDFRef, item);
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
