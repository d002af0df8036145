import { PDFHexString, PDFName, PDFNumber, type PDFDocument } from 'pdf-lib';
import type { AssembledDocument, PackageDocument, PackagePlan } from './assemble';
import { writeOutline, type Bookmark } from './outline';

/** An outline of two levels: case, document. */
export function addBookmarks(
  target: PDFDocument,
  { documents, part, front }: PackagePlan,
  placed: AssembledDocument[],
) {
  const cases: Bookmark[] = front ? [{ title: 'Indhold', page: target.getPage(0).ref, children: [] }] : [];
  let open: string | undefined;
  documents.forEach((document, i) => {
    const page = target.getPage((placed[i] as AssembledDocument).firstPage - 1).ref;
    if (document.caseTitle !== open) cases.push({ title: document.caseTitle, page, children: [] });
    open = document.caseTitle;
    const title = `${document.number}. ${document.title}${pieceInWords(document, placed[i] as AssembledDocument, part?.number)}`;
    cases[cases.length - 1]?.children.push({ title, page, children: [] });
  });
  target.catalog.set(PDFName.of('Outlines'), writeOutline(target.context, cases));
}

/** " (fortsat fra del 1, fortsættes i del 3)"; nothing for a document that stands there whole. */
function pieceInWords({ piece }: PackageDocument, { pages }: AssembledDocument, part = 1): string {
  if (!piece) return '';
  const words = [
    ...(piece.before > 0 ? [`fortsat fra del ${part - 1}`] : []),
    ...(piece.before + pages < piece.of ? [`fortsættes i del ${part + 1}`] : []),
  ];
  return words.length > 0 ? ` (${words.join(', ')})` : '';
}

/** Labels `4-1`, `4-2` …: document number and page of the document. Pages in front are `i`, `ii` … */
export function addPageLabels(
  target: PDFDocument,
  { documents, front }: PackagePlan,
  placed: AssembledDocument[],
): void {
  const { context } = target;
  const ranges = [
    ...(front ? [PDFNumber.of(0), context.obj({ S: 'r', St: 1 })] : []),
    ...placed.flatMap(({ number, firstPage }, i) => [
      PDFNumber.of(firstPage - 1),
      context.obj({ S: 'D', St: 1 + (documents[i]?.piece?.before ?? 0), P: PDFHexString.fromText(`${number}-`) }),
    ]),
  ];
  target.catalog.set(PDFName.of('PageLabels'), context.obj({ Nums: ranges }));
}
