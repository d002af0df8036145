import { columnsBetween, guttersOf } from './gutters';
import { runsOf } from './joined-lines';
import type { Token } from './page-tokens';
import type { ReadingLine, ReadingPiece } from './reading-model';
import type { Strip } from './strips';

/** A band of this share of the letters' height, blank in every row, parts cells; a blank between words is narrower. */
const CELL_GAP = 0.26;
const NARROWEST = 4.5;

/** Strips that stand side by side as a table: a cell a band, a row a strip; a strip without a first cell goes on in the row above. */
export function tableOf(strips: readonly Strip[]): ReadingPiece {
  const tokens = strips.flatMap((strip) => strip.segments.flatMap((segment) => segment.tokens));
  const heights = tokens.map((token) => token.bottom - token.top).sort((a, b) => a - b);
  const typical = heights[heights.length >> 1] ?? 0;
  const gutters = guttersOf(tokens, Math.max(NARROWEST, CELL_GAP * typical));
  const rows: Token[][][] = [];
  for (const strip of strips) {
    const cells = columnsBetween(
      strip.segments.flatMap((segment) => segment.tokens),
      gutters,
    );
    const above = rows.at(-1);
    const goesOn = above !== undefined && cells[0].length === 0;
    if (goesOn) cells.forEach((cell, column) => above[column].push(...cell));
    else rows.push(cells);
  }
  return { kind: 'table', rows: rows.map((row) => row.map(cellOf)), hasHeader: isHeader(rows) };
}

function cellOf(tokens: Token[]): ReadingLine {
  return runsOf([tokens]);
}

/** The first row names the columns when every cell is filled, without figures, and a row below holds some. */
function isHeader(rows: Token[][][]): boolean {
  const [first, ...rest] = rows;
  if (rest.length === 0 || first.length < 2) return false;
  const isName = (cell: Token[]): boolean =>
    cell.length > 0 && cell.length <= 6 && cell.every(({ run }) => run.kind === 'text' && !/\d{2}|:$/.test(run.text));
  return first.every(isName) && rest.some((row) => row.some((cell) => cell.some(({ run }) => /\d/.test(run.text))));
}
