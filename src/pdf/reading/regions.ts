import { columnsBetween, guttersOf } from './gutters';
import { around, stripsOf, type Segment, type Strip } from './strips';

/** A part of a page that is read in one way. */
export type Region =
  | { kind: 'lines'; segments: Segment[] }
  | { kind: 'columns'; columns: Segment[][] }
  | { kind: 'table'; strips: Strip[] };

/** In points: a band this wide parts columns and begins a table; one that every row leaves blank may be narrower. */
const NARROWEST = 9;
const NARROWEST_IN_ROWS = 4;
/** Columns of prose: lines at least this long in letters, of which this share fills the column to this share. */
const LETTERS_A_LINE = 22;
const FULL = 0.75;
const FULL_LINES = 0.5;
const FEWEST_LINES = 4;
/** Rows farther apart than this many of their heights do not belong to one table. */
const ROWS_APART = 2.4;
/** Pages are not parted deeper than this. */
export const MOST_DEPTH = 4;

/** Parts a region, from top to bottom, into columns of prose, tables, and what stands in plain lines. */
export function regionsOf(segments: readonly Segment[]): Region[] {
  const regions: Region[] = [];
  const strips = stripsOf(segments);
  let at = 0;
  while (at < strips.length) {
    const run = sideBySide(strips, at);
    const region = run && judged(run);
    if (region) {
      regions.push(region);
      at += run.length;
      continue;
    }
    const last = regions.at(-1);
    if (last?.kind === 'lines') last.segments.push(...strips[at].segments);
    else regions.push({ kind: 'lines', segments: [...strips[at].segments] });
    at += 1;
  }
  return regions;
}

/** The longest run of strips from here on that one blank band parts from top to bottom. */
function sideBySide(strips: readonly Strip[], from: number): Strip[] | undefined {
  if (guttersOf(strips[from].segments, NARROWEST).length === 0) return undefined;
  let end = from;
  const within: Segment[] = [];
  while (end < strips.length) {
    const strip = strips[end];
    const before = end > from ? strips[end - 1] : undefined;
    if (before && strip.top - before.bottom > ROWS_APART * heightOf(strip)) break;
    if (guttersOf([...within, ...strip.segments], NARROWEST_IN_ROWS).length === 0) break;
    if (end > from && isLone(strip) && (end + 1 === strips.length || isLone(strips[end + 1])) && !isBig(strips[from]))
      break;
    within.push(...strip.segments);
    end += 1;
  }
  return strips.slice(from, end);
}

function judged(run: Strip[]): Region | undefined {
  const segments = run.flatMap((strip) => strip.segments);
  const columns = columnsBetween(segments, guttersOf(segments, NARROWEST));
  if (columns.length > 1 && columns.every(isProse)) return { kind: 'columns', columns };
  const rows = run.filter((strip) => strip.segments.length > 1);
  return rows.length >= 2 && !isBig(run[0]) ? { kind: 'table', strips: run } : asColumns(columns, run);
}

/** What stands side by side but on lines of its own, a letter's address and date, is read one side after the other. */
function asColumns(columns: Segment[][], run: Strip[]): Region | undefined {
  return columns.length > 1 && run.some(isBig) ? { kind: 'columns', columns } : undefined;
}

function isProse(column: Segment[]): boolean {
  if (column.length < FEWEST_LINES) return false;
  const { left, right } = around(column);
  const letters = column.reduce((sum, line) => sum + lettersOf(line), 0);
  const full = column.filter((line) => line.right - left >= FULL * (right - left)).length;
  return letters / column.length >= LETTERS_A_LINE && full / column.length >= FULL_LINES;
}

function lettersOf({ tokens }: Segment): number {
  return tokens.reduce((sum, { run }) => sum + (run.kind === 'removed' ? 8 : run.text.length + 1), 0);
}

/** Holds lines that stand above each other: two columns whose lines are not level. */
function isBig(strip: Strip): boolean {
  return strip.bottom - strip.top > 1.8 * heightOf(strip);
}

function isLone(strip: Strip): boolean {
  return strip.segments.length === 1;
}

function heightOf(strip: Strip): number {
  return Math.min(...strip.segments.map((segment) => segment.bottom - segment.top));
}
