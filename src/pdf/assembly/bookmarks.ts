import { PDFHexString, PDFName, PDFNumber, type PDFDocument } from 'pdf-lib';
import type { AssembledDocument, PackageDocument } from './assemble';
import { writeOutline, type Bookmark } from './outline';

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
  target.catalog.set(PDFName.of('Outlines'), writeOutline(target.context, cases));
}

/** Labels `4-1`, `4-2` …: document number and page of the document. */
export function addPageLabels(target: PDFDocument, documents: AssembledDocument[]): void {
  const ranges = documents.flatMap((document) => [
    PDFNumber.of(document.firstPage - 1),
    target.context.obj({ S: 'D', St: 1, P: PDFHexString.fromText(`${document.number}-`) }),
  ]);
  target.catalog.set(PDFName.of('PageLabels'), target.context.obj({ Nums: ranges }));
}
