import { PDFDict, PDFDocument, PDFName } from 'pdf-lib';

const [TYPE, STRUCTURE_ELEMENT, TITLE] = ['Type', 'StructElem', 'T'].map((name) => PDFName.of(name)) as [
  PDFName,
  PDFName,
  PDFName,
];

/**
 * A tagged PDF without the titles of its tags, where Typst repeats the words of each heading: nobody sees them there, and what
 * is not seen can have no exception. ISO 14289-1 does not ask for them. The same bytes give the same bytes.
 */
export async function withoutTagTitles(pdf: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false, throwOnInvalidObject: true });
  for (const [, object] of document.context.enumerateIndirectObjects())
    if (object instanceof PDFDict && object.get(TYPE) === STRUCTURE_ELEMENT) object.delete(TITLE);
  return document.save({ addDefaultPage: false, updateFieldAppearances: false });
}
