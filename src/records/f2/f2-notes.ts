import type { RecordsDocument } from '../../contracts';
import type { Asked } from '../http/source-errors';
import { childOf, childrenOf, dayIn, idIn, textIn, type XmlElement } from '../http/xml-element';
import { pageFile, textPage } from '../text-page';
import { linkOf, requiredLink, type F2Reads } from './f2-reads';

/** Ids of notes hold where they stand: `notat-s7-10513` on case 7, `notat-a12-10513` on matter 12. */
export const NOTE = 'notat-';

export type NoteHolder = { of: 's' | 'a'; id: string };

/** The notes on a case or a matter, each with all its entries: the list itself holds the last entry only. */
export async function listNotes(
  reads: F2Reads,
  element: XmlElement,
  holder: NoteHolder,
  sourceCaseId: string | undefined,
  signal: AbortSignal,
): Promise<RecordsDocument[]> {
  const notes = await readNotes(reads, element, signal);
  return notes.map((note) => noteDocument(note, holder, sourceCaseId));
}

/** Where the note of a file stands. */
export function holderOf(fileId: string): NoteHolder {
  const [, of = 'a', id = ''] = /^notat-([sa])(\d+)-/.exec(fileId) ?? [];
  return { of: of === 's' ? 's' : 'a', id };
}

/** The page of a note that stands on `element`; undefined when it is not there. */
export async function findNotePage(
  reads: F2Reads,
  element: XmlElement,
  fileId: string,
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  const notes = await readNotes(reads, element, signal);
  const note = notes.find((candidate) => idOfNote(candidate, holderOf(fileId)) === fileId);
  return note && pageOf(note);
}

const ASKED: Asked = 'the notes';

async function readNotes(reads: F2Reads, element: XmlElement, signal: AbortSignal): Promise<XmlElement[]> {
  const href = linkOf(element, 'notes');
  if (!href) return [];
  const listed = childrenOf(await reads.xml(href, ASKED, signal), 'Note');
  const addresses = new Map(listed.map((note) => [idIn(note, ASKED), requiredLink(note, 'self', ASKED)]));
  const notes: XmlElement[] = [];
  for (const address of addresses.values()) notes.push(await reads.xml(address, ASKED, signal));
  return notes;
}

function idOfNote(note: XmlElement, { of, id }: NoteHolder): string {
  return `${NOTE}${of}${id}-${idIn(note, ASKED)}`;
}

function noteDocument(note: XmlElement, holder: NoteHolder, sourceCaseId: string | undefined): RecordsDocument {
  const id = idOfNote(note, holder);
  return {
    sourceDocumentId: id,
    sourceCaseId,
    kind: 'journalNote',
    title: 'Notat',
    direction: 'intern',
    documentDate: dayIn(entriesOf(note)[0], 'CreatedDate'),
    state: 'final',
    files: [pageFile(id, pageOf(note))],
  };
}

function pageOf(note: XmlElement): Buffer {
  const fields = entriesOf(note).map((entry): [string, string] => {
    const who = [dayIn(entry, 'CreatedDate'), textIn(childOf(entry, 'CreatedBy'), 'Name')];
    return [who.filter(Boolean).join(', '), textIn(entry, 'Text') ?? ''];
  });
  return textPage({ title: 'Notat', fields });
}

function entriesOf(note: XmlElement): XmlElement[] {
  return childrenOf(childOf(note, 'Entries'), 'Entry');
}
