/** A table saved as text: values between separators, a line a row (RFC 4180; Danish programs use the semicolon). */
const SEPARATORS = [';', '\t', ','] as const;
const LOOKED_AT = 50;

function rowsOf(text: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  let value = '';
  let isQuoted = false;
  const endValue = () => {
    rows.at(-1)!.push(value);
    value = '';
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (isQuoted && sign === '"' && text[at + 1] === '"') value += text[at++];
    else if (sign === '"' && (isQuoted || value === '')) isQuoted = !isQuoted;
    else if (isQuoted) value += sign;
    else if (sign === separator) endValue();
    else if (sign === '\n') {
      endValue();
      rows.push([]);
    } else if (sign !== '\r') value += sign;
  }
  endValue();
  return rows.filter((row) => row.some((cell) => cell.trim() !== ''));
}

/** The same number of values, more than one, in nine lines of ten: then it is a table. */
function isRegular(rows: string[][]): boolean {
  const sample = rows.slice(0, LOOKED_AT);
  const columns = sample[0]?.length ?? 0;
  const alike = sample.filter((row) => row.length === columns).length;
  return columns > 1 && alike >= sample.length * 0.9;
}

/**
 * The rows of a text that is a table, all equally long.
 * @param name the file's name: only one that promises a table (`.csv`, `.tsv`) makes a text one
 * @returns undefined when it is ordinary text
 */
export function separatedValues(text: string, name: string): string[][] | undefined {
  if (!/\.(csv|tsv|tab)$/i.test(name)) return undefined;
  const tables = SEPARATORS.map((separator) => rowsOf(text, separator)).filter(isRegular);
  const rows = tables.sort((a, b) => b[0]!.length - a[0]!.length)[0];
  if (!rows) return undefined;
  const columns = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => [...row, ...new Array<string>(columns - row.length).fill('')]);
}
