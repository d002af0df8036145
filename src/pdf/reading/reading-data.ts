import type { ReadingLine, ReadingPiece, ReadingVersion } from './reading-model';
import { ABOUT, byLine, CONTENTS, NO_TEXT, pageNotes, pageTitle, PICTURE } from './reading-words';

type Runs = { removed: boolean; text: string }[];

/** A piece as the template sets it. */
export type ReadingVersionPiece =
  | { kind: 'heading' | 'paragraph' | 'note'; runs: Runs }
  | { kind: 'list'; items: Runs[] }
  | { kind: 'table'; columns: number; hasHeader: boolean; rows: Runs[][] };

/** Data of `laeseudgave.typ`. */
export interface ReadingVersionData {
  title: string;
  byLine: string;
  about: readonly string[];
  contents: string;
  documents: { title: string; about: string; pages: { title: string; pieces: ReadingVersionPiece[] }[] }[];
}

/** The version as the template of the PDF reads it. */
export function readingVersionData(version: ReadingVersion): ReadingVersionData {
  return {
    title: version.title,
    byLine: byLine(version),
    about: ABOUT,
    contents: CONTENTS,
    documents: version.documents.map(({ number, title, about, pages }) => ({
      title: `Dokument ${number}: ${title}`,
      about,
      pages: pages.map((page) => ({
        title: pageTitle(page),
        pieces: [
          ...pageNotes(page).map(note),
          ...(page.pieces.length > 0 ? page.pieces.map(dataPiece) : [note(NO_TEXT)]),
        ],
      })),
    })),
  };
}

function note(text: string): ReadingVersionPiece {
  return { kind: 'note', runs: [{ removed: false, text }] };
}

function dataPiece(piece: ReadingPiece): ReadingVersionPiece {
  switch (piece.kind) {
    case 'picture':
      return note(PICTURE);
    case 'list':
      return { kind: 'list', items: piece.items.map(runs) };
    case 'table': {
      const columns = Math.max(1, ...piece.rows.map((row) => row.length));
      const rows = piece.rows.map((row) => [...row.map(runs), ...Array<Runs>(columns - row.length).fill([])]);
      return { kind: 'table', columns, hasHeader: piece.hasHeader, rows };
    }
    default:
      return { kind: piece.kind, runs: runs(piece.runs) };
  }
}

function runs(line: ReadingLine): Runs {
  return line.map(({ kind, text }) => ({ removed: kind === 'removed', text }));
}
