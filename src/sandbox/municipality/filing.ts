import { join } from 'node:path';
import type { HeldDocument, HeldNote } from '../records/holdings';

/** The committed files lie in the source folder, also when the program runs from `dist/`. */
export const HOME = join(__dirname, '../../../src/sandbox/municipality');

type Direction = HeldDocument['direction'];

/** A line of a case: date, direction, title, file. */
export type Line = [date: string, direction: Direction, title: string, file: string];

/** The documents of case `id`, numbered in the order of the lines; their files lie in `files/<folder>/`. */
export function filed(id: number, folder: string, lines: Line[]): HeldDocument[] {
  return lines.map(([date, direction, name, file], index) => ({
    id: id * 100 + index + 1,
    number: `${id}-${index + 1}`,
    name,
    date,
    direction,
    type: file.endsWith('.eml') ? 'E-mail' : 'Dokument',
    files: [{ id: id * 1000 + index + 1, name: file, content: join(HOME, 'files', folder, file) }],
  }));
}

/** Journal notes of case `id`: date, author, title, HTML. */
export function noted(id: number, lines: [date: string, author: string, title: string, html: string][]): HeldNote[] {
  return lines.map(([date, author, title, html], index) => ({ id: id * 100 + 80 + index, date, author, title, html }));
}
