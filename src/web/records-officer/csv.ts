/** A byte order mark, semicolons and CRLF: what a Danish spreadsheet opens without being asked. */
const MARK = '\uFEFF';

/** A cell that a spreadsheet would run as a formula is made a text. */
const RUNS = /^[=+\-@\t\r]/;
const NUMBER = /^-?\d+(,\d+)?$/;

export function csvOf(rows: (string | number)[][]): string {
  return `${MARK}${rows.map((row) => row.map(cellOf).join(';')).join('\r\n')}\r\n`;
}

function cellOf(value: string | number): string {
  if (typeof value === 'number') return String(value).replace('.', ',');
  const safe = RUNS.test(value) && !NUMBER.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
