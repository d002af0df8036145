import { csvOf } from './csv';

describe('a CSV file', () => {
  it('opens in a Danish spreadsheet: mark, semicolons, decimal commas, CRLF', () => {
    expect(
      csvOf([
        ['Måned', 'Andel'],
        ['2026-11', 0.5],
      ]),
    ).toBe('\uFEFFMåned;Andel\r\n2026-11;0,5\r\n');
  });

  it('quotes what would break a row', () => {
    expect(csvOf([['a;b', 'c"d', 'e\nf']])).toBe('\uFEFF"a;b";"c""d";"e\nf"\r\n');
  });

  it.each(['=1+1', '+45', '-cmd', '@SUM(A1)', '\t=1'])('makes a text of %j, which a spreadsheet would run', (text) => {
    expect(csvOf([[text]])).toBe(`\uFEFF'${text}\r\n`);
  });

  it('lets negative numbers be numbers', () => {
    expect(csvOf([['-2', -2.5]])).toBe('\uFEFF-2;-2,5\r\n');
  });
});
