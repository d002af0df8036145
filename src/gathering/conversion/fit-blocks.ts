import type { ReadingBlock } from './reading-block';

/** Letters that fit on a line of fixed-width text on the reading's page. */
const FIXED_LINE = 76;
/** The page's width in points between the margins, and what a cell's edges take of it. */
const PAGE = 453;
const CELL_EDGES = 9;
const MOST_COLUMNS = 8;
/** The longest word that a cell of a two-column table holds; longer ones are broken. */
const LONGEST_IN_A_CELL = 40;
/** What one run of the typesetter takes; memory grows with it. */
const CELLS_IN_A_PART = 3_000;
const LETTERS_IN_A_PART = 150_000;

function printable(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\f/g, '\n\n')
    .replace(/[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u0084\u0086-\u009f\u200b\u2060\ufeff\ufffe\uffff]/g, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

/** A word wider than its column would be written over the next one, so it goes on in the next line. */
function breakLongWords(text: string, width: number): string {
  return text.replace(new RegExp(`\\S{${width}}(?=\\S)`, 'g'), '$&\n');
}

/** Fixed-width text keeps its own lines; longer ones go on at the last blank before the edge. */
function wrapFixed(text: string): string {
  const wrapped: string[] = [];
  for (const line of text.replace(/\t/g, '    ').split('\n')) {
    let rest = line.replace(/\s+$/, '');
    while (rest.length > FIXED_LINE) {
      const blank = rest.lastIndexOf(' ', FIXED_LINE);
      const at = blank > FIXED_LINE / 3 ? blank + 1 : FIXED_LINE;
      wrapped.push(rest.slice(0, at).replace(/\s+$/, ''));
      rest = rest.slice(at);
    }
    wrapped.push(rest);
  }
  return wrapped.join('\n');
}

/** Letters in a row of one cell: all columns are equally wide, and many columns are set in smaller type. */
function lettersInACell(columns: number): number {
  return Math.floor((PAGE / columns - CELL_EDGES) / (columns > 6 ? 4.2 : 5.2));
}

/** The longest word of every column. */
function longestWords(rows: string[][]): number[] {
  const longest = new Array<number>(Math.max(...rows.map((row) => row.length))).fill(0);
  for (const row of rows) {
    row.forEach((cell, column) => {
      for (const word of cell.split(/\s+/)) longest[column] = Math.max(longest[column]!, word.length);
    });
  }
  return longest.map((letters) => Math.min(letters, LONGEST_IN_A_CELL));
}

/** Columns that do not fit beside each other follow below, each group with the first column again. */
function columnGroups(rows: string[][]): string[][][] {
  const longest = longestWords(rows);
  const groups: number[][] = [[0]];
  for (let column = 1; column < longest.length; column++) {
    const widened = [...groups.at(-1)!, column];
    const widest = Math.max(...widened.map((each) => longest[each]!));
    const fits = widened.length <= MOST_COLUMNS && widest <= lettersInACell(widened.length);
    if (fits || widened.length === 2) groups[groups.length - 1] = widened;
    else groups.push([0, column]);
  }
  return groups.map((group) =>
    rows.map((row) => group.map((column) => breakLongWords(printable(row[column] ?? ''), LONGEST_IN_A_CELL))),
  );
}

/** Long tables are cut into parts under the same header row, so that no part is too big for one run. */
function rowGroups(rows: string[][], hasHeader: boolean): string[][][] {
  const perPart = Math.max(1, Math.floor(CELLS_IN_A_PART / Math.max(1, rows[0]!.length)));
  if (rows.length <= perPart) return [rows];
  const header = hasHeader ? rows.slice(0, 1) : [];
  const parts: string[][][] = [];
  for (let at = header.length; at < rows.length; at += perPart)
    parts.push([...header, ...rows.slice(at, at + perPart)]);
  return parts;
}

function fitPreformatted(text: string): ReadingBlock[] {
  const lines = wrapFixed(printable(text)).split('\n');
  const blocks: ReadingBlock[] = [];
  for (let at = 0; at < lines.length; at += 2_000) {
    blocks.push({ kind: 'preformatted', text: lines.slice(at, at + 2_000).join('\n') });
  }
  return blocks;
}

function fit(block: ReadingBlock): ReadingBlock[] {
  if (block.kind === 'table') {
    return columnGroups(block.rows)
      .flatMap((rows) => rowGroups(rows, block.header))
      .map((rows) => ({ kind: 'table', rows, header: block.header }));
  }
  if (block.kind === 'preformatted') return fitPreformatted(block.text);
  return [{ ...block, text: printable(block.text) }];
}

function sizeOf(block: ReadingBlock): { cells: number; letters: number } {
  if (block.kind !== 'table') return { cells: 1, letters: block.text.length };
  const letters = block.rows.reduce((sum, row) => sum + row.reduce((inRow, cell) => inRow + cell.length, 0), 0);
  return { cells: block.rows.length * block.rows[0]!.length, letters };
}

/** PDF/UA wants headings to begin with the first level and to skip none; documents do both. */
function withLevelsInOrder(blocks: ReadingBlock[]): ReadingBlock[] {
  let level = 0;
  return blocks.map((block) => {
    if (block.kind !== 'heading') return block;
    level = Math.min(block.level, level + 1);
    return { ...block, level: level as 1 | 2 | 3 };
  });
}

/** Makes blocks fit the page of a reading, and deals them out in parts that one run of the typesetter can take. */
export function fitBlocks(blocks: ReadingBlock[]): ReadingBlock[][] {
  const parts: ReadingBlock[][] = [[]];
  let cells = 0;
  let letters = 0;
  for (const block of blocks.flatMap(fit)) {
    const size = sizeOf(block);
    const isFull = cells + size.cells > CELLS_IN_A_PART || letters + size.letters > LETTERS_IN_A_PART;
    if (isFull && parts.at(-1)!.length > 0) {
      parts.push([]);
      cells = 0;
      letters = 0;
    }
    parts.at(-1)!.push(block);
    cells += size.cells;
    letters += size.letters;
  }
  return parts.map(withLevelsInOrder);
}
