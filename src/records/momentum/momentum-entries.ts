import { SourceError, type RecordsDocument, type RunContext } from '../../contracts';
import type { Asked } from '../http/source-errors';
import {
  isWire,
  optionalCount,
  optionalDay,
  optionalText,
  requiredId,
  requiredText,
  wiresOf,
  type Wire,
} from '../http/wire';
import { reportGap } from '../reporting';
import { pageFile, textPage } from '../text-page';
import type { MomentumHttp } from './momentum-http';

/** Something in a citizen's record, as a document and the page it is. */
export interface Entry {
  document: RecordsDocument;
  page: Buffer;
  /** How many files hang on it that nobody has shown how to read. */
  attachments: number;
}

/** As the client of a municipality names them. */
const TASK_STATES: Record<number, string> = { 0: 'Gennemført', 1: 'Aflyst', 3: 'I gang' };

/** All of a citizen's tasks and journal notes. */
export async function entriesOf(http: MomentumHttp, citizenId: string, signal: AbortSignal): Promise<Entry[]> {
  return [...(await tasksOf(http, citizenId, signal)), ...(await notesOf(http, citizenId, signal))];
}

/** Says of each file on a note that it is there and was not read. */
export function reportAttachments(entries: Entry[], context: RunContext): void {
  for (const { document, attachments } of entries) {
    if (attachments === 0) continue;
    const { sourceDocumentId, sourceCaseId } = document;
    const files = attachments === 1 ? 'en vedhæftet fil' : `${attachments} vedhæftede filer`;
    const sentence = `Journalnotatet ${sourceDocumentId} har ${files}, som Momentums grænseflade ikke udleverer; hent dem i Momentum.`;
    const cause = new SourceError(
      'contract',
      `A note of citizen ${sourceCaseId} has files that cannot be read.`,
      false,
    );
    reportGap(context, { kind: 'unreadable', sourceCaseId, sourceDocumentId, sentence }, cause);
  }
}

async function tasksOf(http: MomentumHttp, citizenId: string, signal: AbortSignal): Promise<Entry[]> {
  const asked = `the tasks of citizen ${citizenId}`;
  const bodyOf = (from: number): object => ({
    columns: [],
    filters: [{ fieldName: 'citizenId', values: [citizenId] }],
    sort: [{ fieldName: 'deadline', ascending: true }],
    paging: { pageNumber: from / http.pageSize, pageSize: http.pageSize },
  });
  const shape = { items: 'data', total: 'totalSearchCount' } as const;
  const tasks = await http.all('tasks/citizen', bodyOf, shape, asked, signal);
  return tasks.map((task) => taskEntry(task, citizenId, asked));
}

function taskEntry(task: Wire, citizenId: string, asked: Asked): Entry {
  const id = `opgave-${requiredId(task, 'id', asked)}`;
  const title = requiredText(task, 'title', asked);
  const deadline = optionalDay(task, 'deadline', asked);
  const state = optionalCount(task, 'status', asked);
  const fields: [string, string][] = state === undefined ? [] : [['Status', TASK_STATES[state] ?? String(state)]];
  const page = textPage({ title, facts: [deadline], fields, text: optionalText(task, 'description', asked) });
  const document = { kind: 'document', title, direction: 'intern', documentDate: deadline, state: 'final' } as const;
  return { document: { ...document, ...filedAs(id, citizenId, page) }, page, attachments: 0 };
}

async function notesOf(http: MomentumHttp, citizenId: string, signal: AbortSignal): Promise<Entry[]> {
  const asked = `the journal of citizen ${citizenId}`;
  const answer = await http.get(`journals/${citizenId}`, asked, signal);
  const notes = isWire(answer) ? wiresOf(answer, asked, 'data') : wiresOf(answer, asked);
  const entries = notes.map((note) => noteEntry(note, citizenId, asked));
  // A list without a sum cannot be reconciled, but no note may stand in it twice.
  return [...new Map(entries.map((entry) => [entry.document.sourceDocumentId, entry])).values()];
}

function noteEntry(note: Wire, citizenId: string, asked: Asked): Entry {
  const id = `notat-${requiredId(note, 'id', asked)}`;
  const title = optionalText(note, 'title', asked) ?? 'Journalnotat';
  const day = optionalDay(note, 'createdAt', asked);
  const page = textPage({
    title,
    facts: [day, optionalText(note, 'createdBy', asked)],
    html: requiredText(note, 'body', asked),
  });
  const document = { kind: 'journalNote', title, direction: 'intern', documentDate: day, state: 'final' } as const;
  const attachments =
    note.attachments === undefined || note.attachments === null ? [] : wiresOf(note, asked, 'attachments');
  return { document: { ...document, ...filedAs(id, citizenId, page) }, page, attachments: attachments.length };
}

function filedAs(
  id: string,
  citizenId: string,
  page: Buffer,
): Pick<RecordsDocument, 'sourceDocumentId' | 'sourceCaseId' | 'files'> {
  return { sourceDocumentId: id, sourceCaseId: citizenId, files: [pageFile(id, page)] };
}
