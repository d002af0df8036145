import { SourceError, type RecordsCase, type RecordsDocument } from '../../contracts';
import { contractError, sentence, type Asked } from '../http/source-errors';
import {
  optionalDay,
  optionalFlag,
  optionalText,
  requiredId,
  requiredText,
  wireOf,
  wiresOf,
  type Wire,
} from '../http/wire';
import { pageFile, textPage } from '../text-page';
import type { NovaCalls } from './nova-calls';
import { readCaseRow } from './nova-documents';

const PREFIX = 'journalnotat-';
const OUTPUT = {
  journalNotes: {
    uuid: true,
    approved: true,
    journalNoteAttributes: { title: true, format: true, note: true, createdTime: true, journalNoteAuthor: true },
  },
};

/** Journal notes stand on the case, not among its documents: each becomes a document of one page. */
export async function listNotes(
  calls: NovaCalls,
  recordsCase: RecordsCase,
  signal: AbortSignal,
): Promise<RecordsDocument[]> {
  const { sourceCaseId } = recordsCase;
  const asked = `the journal notes of case ${sourceCaseId}`;
  const notes = await readNotes(calls, recordsCase, asked, signal);
  return notes.map((note) => noteDocument(note, sourceCaseId, asked));
}

/** The page of one note, read again from its case. */
export async function fetchNote(
  calls: NovaCalls,
  sourceCaseId: string,
  sourceFileId: string,
  signal: AbortSignal,
): Promise<Buffer> {
  const asked = `a journal note of case ${sourceCaseId}`;
  const notes = await readNotes(calls, { sourceCaseId }, asked, signal);
  const note = notes.find((candidate) => PREFIX + requiredId(candidate, 'uuid', asked) === sourceFileId);
  if (!note) throw new SourceError('not_found', sentence(asked, 'does not have it any more'), false);
  return pageOf(note, asked);
}

export function isNoteFile(sourceFileId: string): boolean {
  return sourceFileId.startsWith(PREFIX);
}

async function readNotes(
  calls: NovaCalls,
  { sourceCaseId, expected }: Pick<RecordsCase, 'sourceCaseId' | 'expected'>,
  asked: Asked,
  signal: AbortSignal,
): Promise<Wire[]> {
  if (expected?.notes === 0) return [];
  return calls.rows(
    async (paging) => {
      const row = await readCaseRow(calls, sourceCaseId, { paging, caseGetOutput: OUTPUT }, asked, signal);
      // Rows after the last note come as a case without notes, or as no case.
      if (!row && paging.startRow > 1) return { rows: [] };
      if (!row) throw contractError(asked, 'did not give the case itself');
      return { rows: wiresOf(wireOf(row.journalNotes, asked), asked, 'journalNotes') };
    },
    (note) => requiredId(note, 'uuid', asked),
    asked,
    expected?.notes,
  );
}

function noteDocument(note: Wire, sourceCaseId: string, asked: Asked): RecordsDocument {
  const id = PREFIX + requiredId(note, 'uuid', asked);
  const attributes = wireOf(note.journalNoteAttributes, asked);
  return {
    sourceDocumentId: id,
    sourceCaseId,
    kind: 'journalNote',
    title: titleOf(attributes, asked),
    direction: 'intern',
    documentDate: optionalDay(attributes, 'createdTime', asked),
    state: optionalFlag(note, 'approved', asked) === false ? 'draft' : 'final',
    files: [pageFile(id, pageOf(note, asked))],
  };
}

/** The text comes as base64, plain or as HTML. */
function pageOf(note: Wire, asked: Asked): Buffer {
  const attributes = wireOf(note.journalNoteAttributes, asked);
  const body = Buffer.from(requiredText(attributes, 'note', asked), 'base64')
    .toString('utf8')
    .trimEnd();
  const isHtml = /html/i.test(optionalText(attributes, 'format', asked) ?? '');
  const facts = [optionalDay(attributes, 'createdTime', asked), optionalText(attributes, 'journalNoteAuthor', asked)];
  return textPage({ title: titleOf(attributes, asked), facts, ...(isHtml ? { html: body } : { text: body }) });
}

function titleOf(attributes: Wire, asked: Asked): string {
  return optionalText(attributes, 'title', asked) ?? 'Journalnotat';
}
