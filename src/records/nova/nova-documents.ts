import type { RecordsCase, RecordsDocument } from '../../contracts';
import { mediaTypeOfName } from '../http/file-kind';
import type { Asked } from '../http/source-errors';
import { optionalDay, optionalFlag, optionalText, requiredId, wireOf, wiresOf, type Wire } from '../http/wire';
import type { NovaCalls } from './nova-calls';

const OUTPUT = {
  title: true,
  documentType: true,
  description: true,
  approved: true,
  documentDate: true,
  fileExtension: true,
  documentCategory: true,
  sensitivity: true,
};

const DIRECTIONS: Record<string, RecordsDocument['direction']> = {
  Indgående: 'ind',
  Udgående: 'ud',
  Internt: 'intern',
};

/** All documents of a case, held to the number that the case states. */
export async function listDocuments(
  calls: NovaCalls,
  { sourceCaseId, expected }: RecordsCase,
  signal: AbortSignal,
): Promise<RecordsDocument[]> {
  const asked = `the documents of case ${sourceCaseId}`;
  const rows = await calls.rows(
    async (paging) => {
      const body = { caseUuid: sourceCaseId, paging, getOutput: OUTPUT };
      return { rows: wiresOf(await calls.read('Document/GetList', body, asked, signal), asked, 'documents') };
    },
    (row) => requiredId(row, 'documentUuid', asked),
    asked,
    expected?.documents,
  );
  return rows.map((row) => documentOf(row, sourceCaseId, asked));
}

function documentOf(row: Wire, sourceCaseId: string, asked: Asked): RecordsDocument {
  const id = requiredId(row, 'documentUuid', asked);
  const title = optionalText(row, 'title', asked) ?? 'Dokument uden titel';
  const ending = optionalText(row, 'fileExtension', asked)?.replace(/^\./, '');
  const name = ending ? `${title}.${ending}` : title;
  const approved = optionalFlag(row, 'approved', asked);
  return {
    sourceDocumentId: id,
    sourceCaseId,
    kind: /^(eml|msg)$/i.test(ending ?? '') ? 'mail' : 'document',
    title,
    documentNumber: optionalText(row, 'documentNumber', asked),
    direction: DIRECTIONS[optionalText(row, 'documentType', asked) ?? ''],
    documentDate: optionalDay(row, 'documentDate', asked),
    state: approved === undefined ? 'unknown' : approved ? 'final' : 'draft',
    // Nova states neither size nor hash of a file.
    files: [{ sourceFileId: id, name, mediaType: mediaTypeOfName(name) }],
  };
}

/** One row of the case with the fields of `output`, by its uuid. */
export async function readCaseRow(
  calls: NovaCalls,
  uuid: string,
  body: Wire,
  asked: Asked,
  signal: AbortSignal,
): Promise<Wire | undefined> {
  const answer = wireOf(await calls.read('Case/GetList', { ...body, common: { uuid } }, asked, signal), asked);
  const [row] = answer.cases == null ? [] : wiresOf(answer.cases, asked);
  return row;
}
