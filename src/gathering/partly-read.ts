import { In, type EntityManager } from 'typeorm';
import { DocumentRow } from './document.entity';
import type { FileNote } from './file.entity';
import { FileRow } from './file.entity';
import { RecordsCaseRow } from './records-case.entity';
import type { SourceRun } from './source-run.entity';

export const NOT_FETCHED: FileNote = {
  code: 'not-fetched',
  sentence: 'Fagsystemet gav ikke filen. Hent den i fagsystemet, og se, om den er omfattet.',
};

/**
 * A source that is given up half-way has listed files that nobody will fetch. They end as files that cannot be read, so
 * that a person decides on their documents, and the counts become those of what was listed.
 */
export async function endPartlyRead(
  entities: EntityManager,
  { id, requestId }: SourceRun,
): Promise<{ cases: number; documents: number; files: number }> {
  const cases = await entities.findBy(RecordsCaseRow, { requestId, sourceRunId: id });
  const documents = await entities.findBy(DocumentRow, {
    requestId,
    recordsCaseId: In(cases.map((each) => each.id)),
  });
  const ofDocuments = { requestId, documentId: In(documents.map((each) => each.id)) };
  await entities.update(
    FileRow,
    { ...ofDocuments, state: 'listed' },
    { state: 'unreadable', unreadableReason: NOT_FETCHED.code, notes: [NOT_FETCHED] },
  );
  // What was found inside a file that has been read already is no file of the source's.
  const listed = documents.filter(({ sourceDocumentId }) => !sourceDocumentId.includes('#'));
  return {
    cases: cases.filter(({ caseless }) => !caseless).length,
    documents: listed.length,
    files: await entities.countBy(FileRow, { requestId, documentId: In(listed.map((each) => each.id)) }),
  };
}
