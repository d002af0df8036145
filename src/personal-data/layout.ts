import type { Span, Word } from '../contracts';

/** A page's text in the order in which a person reads it, with the way back to the page's own offsets. */
export interface LaidOut {
  text: string;
  /** The places on the page of a place in `text`: one, or several where the order was changed. */
  toPage(start: number, end: number): { start: number; end: number }[];
}

/** A gap between words on a line is a column's border from this many heights of a word on. */
const COLUMN_GAP = 1.4;
/** Columns of running text: at least so many lines, so many words a line on each side, in such a share of the lines. */
const FEWEST_LINES = 5;
const WORDS_IN_COLUMN = 2.5;
const SHARE_WITH_GUTTER = 0.7;

type Line = Word[];

/**
 * Reads columns and tables by geometry. Words that stand far apart on a line are parted by a tab, so that a name in one
 * cell does not run on into the next; a page set in two columns is read column by column.
 * @param text the page's text
 * @param words its words with boxes in points, offsets into `text`, in the order of the text
 */
export function laidOut(text: string, words: readonly Word[]): LaidOut {
  if (words.length === 0) return { text, toPage: (start, end) => [{ start, end }] };
  const cells = withTabs(text, words);
  const lines = linesOf(text, words);
  const gutter = gutterOf(lines);
  if (gutter === null) return { text: cells, toPage: (start, end) => [{ start, end }] };
  return inColumns(cells, lines, gutter);
}

/** The spans of a laid-out text at their places on the page. */
export function onPage(spans: readonly Span[], { toPage }: LaidOut): Span[] {
  return spans
    .flatMap((span) => toPage(span.start, span.end).map((place) => ({ ...span, ...place })))
    .sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Exactly as long as `text`: a blank becomes a tab where the gap on paper is wide. */
function withTabs(text: string, words: readonly Word[]): string {
  const units = [...text.split('')];
  for (const [at, word] of words.entries()) {
    const next = words[at + 1];
    if (!next || next.start !== word.end + 1 || text[word.end] !== ' ') continue;
    const height = Math.max(word.box[3] - word.box[1], next.box[3] - next.box[1], 1);
    if (next.box[0] - word.box[2] > height * COLUMN_GAP) units[word.end] = '\t';
  }
  return units.join('');
}

function linesOf(text: string, words: readonly Word[]): Line[] {
  const lines: Line[] = [];
  for (const [at, word] of words.entries()) {
    const previous = words[at - 1];
    const isSameLine = previous && !text.slice(previous.end, word.start).includes('\n');
    if (isSameLine) lines.at(-1)!.push(word);
    else lines.push([word]);
  }
  return lines;
}

/** The x of an empty strip down the page with running text on both sides; null when there is none. */
function gutterOf(lines: Line[]): number | null {
  const gaps = lines.flatMap((line) => widestGap(line) ?? []);
  if (gaps.length < FEWEST_LINES) return null;
  const middle = [...gaps].map(({ from, to }) => (from + to) / 2).sort((a, b) => a - b)[gaps.length >> 1]!;
  const parted = lines.filter((line) => line.every(({ box }) => box[2] <= middle || box[0] >= middle));
  const both = parted.filter(
    (line) => line.some(({ box }) => box[2] <= middle) && line.some(({ box }) => box[0] >= middle),
  );
  if (both.length < FEWEST_LINES || parted.length < lines.length * SHARE_WITH_GUTTER) return null;
  const left = both.reduce((sum, line) => sum + line.filter(({ box }) => box[2] <= middle).length, 0) / both.length;
  const right = both.reduce((sum, line) => sum + line.filter(({ box }) => box[0] >= middle).length, 0) / both.length;
  return left >= WORDS_IN_COLUMN && right >= WORDS_IN_COLUMN && !hasFurtherColumns(both) ? middle : null;
}

/** A table has wide gaps in more places than one. */
function hasFurtherColumns(lines: Line[]): boolean {
  const wide = lines.filter((line) => gapsOf(line).length > 1);
  return wide.length > lines.length / 3;
}

function widestGap(line: Line): { from: number; to: number } | null {
  return gapsOf(line).sort((a, b) => b.to - b.from - (a.to - a.from))[0] ?? null;
}

function gapsOf(line: Line): { from: number; to: number }[] {
  return line.flatMap((word, at) => {
    const next = line[at + 1];
    const height = Math.max(word.box[3] - word.box[1], 1);
    return next && next.box[0] - word.box[2] > height * COLUMN_GAP ? [{ from: word.box[2], to: next.box[0] }] : [];
  });
}

interface Piece {
  /** Where it stands on the page, and where in the new text. */
  from: number;
  to: number;
  at: number;
}

function inColumns(text: string, lines: Line[], gutter: number): LaidOut {
  const isLeft = ({ box }: Word): boolean => box[0] < gutter;
  const halves = [lines.map((line) => line.filter(isLeft)), lines.map((line) => line.filter((word) => !isLeft(word)))];
  const pieces: Piece[] = [];
  let read = '';
  for (const [column, half] of halves.entries()) {
    if (column > 0) read += '\n\n';
    for (const line of half) {
      if (line.length === 0) continue;
      if (read !== '' && !read.endsWith('\n')) read += '\n';
      const [from, to] = [line[0]!.start, line.at(-1)!.end];
      pieces.push({ from, to, at: read.length });
      read += text.slice(from, to);
    }
  }
  const toPage: LaidOut['toPage'] = (start, end) =>
    pieces.flatMap(({ from, to, at }) => {
      const [first, last] = [Math.max(start, at), Math.min(end, at + to - from)];
      return first < last ? [{ start: from + first - at, end: from + last - at }] : [];
    });
  return { text: read, toPage };
}
