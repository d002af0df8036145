import { SourceError, type RecordsDocument, type RecordsFile } from '../contracts';
import { sentence } from './http/source-errors';

/** What comes after `cursor`, the id of the last document that was taken; everything when that one is gone. */
export function* afterCursor(
  documents: RecordsDocument[],
  cursor: string | undefined,
): Generator<{ document: RecordsDocument; cursor: string }> {
  const taken = documents.findIndex(({ sourceDocumentId }) => sourceDocumentId === cursor);
  for (const document of documents.slice(taken + 1)) yield { document, cursor: document.sourceDocumentId };
}

/** The file as it was listed under its document; one that was not is refused. */
export function listedFile(document: RecordsDocument, sourceFileId: string): { file: RecordsFile; asked: string } {
  const asked = `a file of document ${document.sourceDocumentId}`;
  const file = document.files.find((candidate) => candidate.sourceFileId === sourceFileId);
  if (!file) throw new SourceError('not_found', sentence(asked, 'has no such file in this document'), false);
  return { file, asked };
}
