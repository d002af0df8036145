import { SourceError, type RecordsCase, type RecordsDocument } from '../../contracts';
import { sentence } from '../http/source-errors';
import type { SourceHttp } from '../http/source-http';
import type { Wire } from '../http/wire';
import { pageFile, textPage } from '../text-page';
import { refuseDifference } from './sbsys-documents';
import { dayOf, idOf, listOf, textOf } from './sbsys-wire';

const PREFIX = 'journalnotat-';

/** Journal notes are kept apart from documents in SBSYS and are records all the same: each becomes a document of one file. */
export async function listNotes(
  http: SourceHttp,
  recordsCase: RecordsCase,
  signal: AbortSignal,
): Promise<RecordsDocument[]> {
  const { sourceCaseId } = recordsCase;
  const notes = await readNotes(http, sourceCaseId, signal);
  refuseDifference(`the journal notes of case ${sourceCaseId}`, notes.length, recordsCase.expected?.notes);
  return notes.map((note) => noteDocument(note, sourceCaseId));
}

/** The page of one note, read again from its case: SBSYS has no address for a single note. */
export async function fetchNote(
  http: SourceHttp,
  caseId: string,
  sourceFileId: string,
  signal: AbortSignal,
): Promise<Buffer> {
  const asked = `a journal note of case ${caseId}`;
  const notes = await readNotes(http, caseId, signal);
  const note = notes.find((candidate) => PREFIX + idOf(candidate, asked) === sourceFileId);
  if (!note) throw new SourceError('not_found', sentence(asked, 'does not have it any more'), false);
  return notePage(note);
}

export function isNoteFile(sourceFileId: string): boolean {
  return sourceFileId.startsWith(PREFIX);
}

async function readNotes(http: SourceHttp, caseId: string, signal: AbortSignal): Promise<Wire[]> {
  const asked = `the journal notes of case ${caseId}`;
  const path = `/api/sag/${caseId}/journalarknotes`;
  const list = listOf(await http.json({ method: 'GET', path, asked }, signal), asked);
  refuseDifference(asked, list.items.length, list.total);
  return list.items;
}

function noteDocument(note: Wire, caseId: string): RecordsDocument {
  const id = PREFIX + idOf(note, `the journal notes of case ${caseId}`);
  return {
    sourceDocumentId: id,
    sourceCaseId: caseId,
    kind: 'journalNote',
    title: titleOf(note),
    direction: 'intern',
    documentDate: dayOf(note, 'Dato'),
    state: 'final',
    files: [pageFile(id, notePage(note))],
  };
}

/** The note's HTML body as a page with its head: title, date and author are part of the record. */
function notePage(note: Wire): Buffer {
  const facts = [dayOf(note, 'Dato'), textOf(note, 'Forfatter')];
  return textPage({ title: titleOf(note), facts, html: textOf(note, 'Indhold', 'Tekst') ?? '' });
}

function titleOf(note: Wire): string {
  return textOf(note, 'Titel') ?? 'Journalnotat';
}
