import type { RecordsDocument, RecordsFile } from '../../contracts';
import { mediaTypeOfName } from '../http/file-kind';
import type { Asked } from '../http/source-errors';

import {
  optionalCount,
  optionalDay,
  optionalText,
  requiredId,
  requiredText,
  wireOf,
  wiresOf,
  type Wire,
} from '../http/wire';
import { pageFile, textPage } from '../text-page';
import { isOneOf, literal, type OData } from './odata';

const RECORDS = {
  set: 'Records',
  select: ['ID', 'RecordNo', 'Title', 'RecordType_Value', 'State_Value', 'LetterDate', 'FileKey_Value'],
  expand:
    'Document($select=ID,SuggestedFileName,Size),Text($select=Text),RecordRefs($select=ID,CustomLabel_Value,RecordRefKey_Value)',
};
const DIRECTIONS: Record<string, RecordsDocument['direction']> = { I: 'ind', U: 'ud', N: 'intern' };
/** UP personal draft, UÅ draft, UL locked, ARK archived. */
const STATES: Record<string, RecordsDocument['state']> = { UP: 'draft', UÅ: 'draft', UL: 'final', ARK: 'final' };
const PAGE = 'tekst-';
/** As many ids as an address has room for, with much to spare. */
export const BATCH = 20;

/** All records of a case: documents, and what WorkZone calls information, which is a title and a text without a file. */
export async function recordsOf(odata: OData, caseId: string, signal: AbortSignal): Promise<RecordsDocument[]> {
  const asked = `the documents of case ${caseId}`;
  const rows = await odata.all({ ...RECORDS, filter: `FileKey_Value eq ${literal(caseId)}`, asked }, signal);
  return rows.map((row) => documentOf(row, asked));
}

/** The records with these ids, so many as the account may see. Not more than {@link BATCH} at a time. */
export async function readRecords(odata: OData, ids: string[], signal: AbortSignal): Promise<RecordsDocument[]> {
  const asked = 'documents that name the citizen';
  const rows = await odata.all({ ...RECORDS, filter: isOneOf('ID', ids), asked }, signal);
  return rows.map((row) => documentOf(row, asked));
}

/** Ids of the records that one of the contacts is a party of, on the record itself. */
export async function recordIdsOfContacts(odata: OData, contacts: string[], signal: AbortSignal): Promise<Set<string>> {
  const asked = 'the documents that name the citizen';
  const found = new Set<string>();
  for (const contact of contacts) {
    const filter = `NameKey_Value eq ${literal(contact)}`;
    const query = { set: 'RecordContacts', select: ['ID', 'RecordKey_Value'], filter, asked };
    for (const link of await odata.all(query, signal)) found.add(requiredId(link, 'RecordKey_Value', asked));
  }
  return found;
}

/** The page of a record without a file, read again. */
export async function readPage(odata: OData, recordId: string, signal: AbortSignal): Promise<Buffer> {
  const asked = `document ${recordId}`;
  return pageOf(await odata.one({ ...RECORDS, asked }, recordId, signal), asked);
}

export function isPage(sourceFileId: string): boolean {
  return sourceFileId.startsWith(PAGE);
}

function documentOf(row: Wire, asked: Asked): RecordsDocument {
  const id = requiredId(row, 'ID', asked);
  const hasFile = row.Document !== null && row.Document !== undefined;
  return {
    sourceDocumentId: id,
    sourceCaseId: row.FileKey_Value ? requiredId(row, 'FileKey_Value', asked) : undefined,
    kind: hasFile ? 'document' : 'journalNote',
    title: requiredText(row, 'Title', asked),
    documentNumber: optionalText(row, 'RecordNo', asked),
    direction: DIRECTIONS[requiredText(row, 'RecordType_Value', asked)],
    documentDate: optionalDay(row, 'LetterDate', asked),
    state: STATES[optionalText(row, 'State_Value', asked) ?? ''] ?? 'unknown',
    parentSourceDocumentId: mainDocumentOf(row, asked),
    files: [hasFile ? fileOf(wireOf(row.Document, asked), asked) : pageFile(PAGE + id, pageOf(row, asked))],
  };
}

function fileOf(document: Wire, asked: Asked): RecordsFile {
  const name = requiredText(document, 'SuggestedFileName', asked);
  const size = optionalCount(document, 'Size', asked);
  return { sourceFileId: requiredId(document, 'ID', asked), name, mediaType: mediaTypeOfName(name), size };
}

function mainDocumentOf(row: Wire, asked: Asked): string | undefined {
  const references = wiresOf(row.RecordRefs ?? [], asked);
  const main = references.find((reference) => reference.CustomLabel_Value === 'Hoveddokument');
  return main && requiredId(main, 'RecordRefKey_Value', asked);
}

function pageOf(row: Wire, asked: Asked): Buffer {
  const text =
    row.Text === null || row.Text === undefined ? undefined : optionalText(wireOf(row.Text, asked), 'Text', asked);
  return textPage({ title: requiredText(row, 'Title', asked), facts: [optionalDay(row, 'LetterDate', asked)], text });
}
