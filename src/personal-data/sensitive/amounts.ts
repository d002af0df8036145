/** An amount of money in running text, over folded text. */
export const AMOUNT =
  /(?<![\p{L}\p{N}.,/-])(?:kr\.? ?\d{1,3}(?:[.]\d{3})*(?:,\d{2})?|\d{1,3}(?:[.]\d{3})+(?:,\d{2})?(?: ?kr\b\.?)?(?: (?:månedligt|om måneden|pr\. måned|\/md|før skat|efter skat))?|\d{2,6}(?:,\d{2})? ?kr\b\.?(?: (?:månedligt|om måneden|pr\. måned|før skat|efter skat))?|\d{1,3}(?:,\d)? (?:tusind|mio\.?|millioner)\b|\d{1,3}k(?!\p{L})|\d\.\d{3}\/md)/gu;

/** A longer line is no row of a table. */
const LONGEST_ROW = 300;
/** What parts the columns of a line: a wide gap, a tab, a bar. */
const COLUMN = / {2,}(?=\S)|\t| ?\| ?| ; /gu;
const CELL = /(?<=(?: {2,}|\t|\| ?|; ?))-?\d{1,3}(?:\.?\d{3}){0,2}(?:,\d{2})?(?= {1,}|\t| ?\||;|$)/gu;

/** Amounts that stand alone in the cells of a row: start and end within the text; `line` starts at `offset`. */
export function cellAmounts(line: string, offset: number): { start: number; end: number }[] {
  if (line.length > LONGEST_ROW || (line.match(COLUMN)?.length ?? 0) < 2) return [];
  return [...line.matchAll(CELL)]
    .filter(([written]) => written.replace(/\D/g, '').length > 2)
    .map((match) => ({ start: offset + match.index, end: offset + match.index + match[0].length }));
}
