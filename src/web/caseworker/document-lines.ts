import { isShut, type FileRow } from '../../gathering/file.entity';
import type { AccessRequest } from '../../requests/request.entity';
import type { CaseworkDocument } from '../views/sag';
import { RECORDING_DECIDED } from '../../gathering/recording.entity';
import { reviewAddress, stateOf, type DocumentInHand } from './documents-in-hand';

const KINDS: Record<string, string> = {
  document: 'Dokument',
  journalNote: 'Journalnotat',
  mail: 'Mail',
  message: 'Besked',
  form: 'Blanket',
};
const DIRECTIONS: Record<string, string> = { ind: 'indgående', ud: 'udgående', intern: 'internt' };

type Note = CaseworkDocument['notes'][number];

/** The documents in their order, each with what one should know of it. */
export function documentLines(request: AccessRequest, documents: DocumentInHand[]): CaseworkDocument[] {
  const numbers = new Map(documents.map(({ row }) => [row.id, row.position]));
  return documents.map((document) => ({
    id: document.row.id,
    number: document.row.position > 0 ? String(document.row.position) : '–',
    date: document.row.documentDate ?? undefined,
    title: document.title,
    type: typeInWords(document),
    pages: document.files.reduce((sum, file) => sum + (file.pages ?? 0), 0),
    state: stateOf(document),
    notes: notesOf(document, numbers),
    undecided: document.undecided,
    reviewHref: document.pages.length > 0 ? reviewAddress(request.id, document.row.id, 1) : undefined,
  }));
}

function typeInWords({ row }: DocumentInHand): string {
  const kind = row.parentId ? 'Bilag' : (KINDS[row.kind] ?? 'Dokument');
  const direction = row.direction ? DIRECTIONS[row.direction] : undefined;
  return direction ? `${kind}, ${direction}` : kind;
}

function notesOf({ row, files, pages }: DocumentInHand, numbers: Map<string, number>): Note[] {
  if (row.outcome === 'duplicate')
    return [{ text: `Ens med dokument ${numbers.get(row.duplicateOf ?? '')}`, tone: 'info' }];
  const unread = pages.filter((page) => page.isUnread).length;
  return [
    ...(row.finding ? [{ text: 'Måske lagt på en forkert borger', tone: 'problem' as const }] : []),
    ...(unread > 0
      ? [
          {
            text: unread === 1 ? '1 side er ikke maskinlæst' : `${unread} sider er ikke maskinlæst`,
            tone: 'problem' as const,
          },
        ]
      : []),
    ...files.flatMap(notesOfFile),
  ];
}

function notesOfFile(file: FileRow): Note[] {
  if (file.unreadableReason === RECORDING_DECIDED) return [{ text: 'Lyd eller film: valgt', tone: 'info' }];
  if (isShut(file)) return [{ text: unreadableInWords(file), tone: 'problem' }];
  const isReading = file.method === 'reading';
  const hidden = file.notes.some((note) => note.code.startsWith('hidden-'));
  const others = file.notes.filter((note) => !note.code.startsWith('hidden-')).length;
  return [
    ...(isReading ? [{ text: 'Læsekonvertering', tone: 'info' as const }] : []),
    ...(hidden ? [{ text: 'Skjult indhold', tone: 'attention' as const }] : []),
    ...(others > 0 && !isReading ? [{ text: 'Se bemærkning', tone: 'info' as const }] : []),
  ];
}

const UNREADABLE: Record<string, string> = {
  damaged: 'Beskadiget',
  password: 'Kræver adgangskode',
  empty: 'Tom fil',
  'unknown-format': 'Ukendt format',
  'too-large': 'For stor',
  timeout: 'Tog for lang tid',
  'too-nested': 'For mange filer i filen',
  recording: 'Lyd eller film',
  'not-fetched': 'Ikke hentet',
  deleted: 'Arbejdskopien er slettet',
  virus: 'I karantæne',
  'virus-unchecked': 'I karantæne, ikke viruskontrolleret',
};

/** Why nobody can read the file, and what to do about it: the conversion's own sentences behind the short word. */
export function unreadableInWords({ unreadableReason, notes }: FileRow): string {
  const word = UNREADABLE[unreadableReason ?? ''] ?? 'Kan ikke åbnes';
  return [`${word}.`, ...notes.map((note) => note.sentence)].join(' ');
}
