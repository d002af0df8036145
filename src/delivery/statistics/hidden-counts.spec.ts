import fc from 'fast-check';
import { hideSmallCounts, SMALLEST_SHOWN, type CountTable, type ShownCounts } from './hidden-counts';

const tableOf = (counts: number[][]): CountTable => ({
  rows: counts.map((_row, index) => `r${index}`),
  columns: (counts[0] ?? []).map((_column, index) => `c${index}`),
  counts,
});
const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);

/** Every table that fits what is shown, tried one by one: what an outsider with patience can find out. */
function* possible(shown: ShownCounts, limit: number): Generator<number[][]> {
  const height = shown.rows.length;
  const width = shown.columns.length;
  const filled: number[][] = shown.counts.map((row) => row.map((value) => value ?? -1));
  const fits = (row: number): boolean => {
    const total = shown.rowTotals?.[row];
    return total === undefined || total === null || sum(filled[row]) === total;
  };
  const fitsAll = (): boolean =>
    shown.columnTotals.every((total, column) => total === null || sum(filled.map((row) => row[column])) === total) &&
    (shown.total === null || sum(filled.flat()) === shown.total);
  function* fill(place: number): Generator<number[][]> {
    if (place === height * width) {
      if (fitsAll()) yield filled.map((row) => [...row]);
      return;
    }
    const [row, column] = [Math.floor(place / width), place % width];
    const isEnd = column === width - 1;
    const known = shown.counts[row][column];
    const left = limit - sum(filled.flat().slice(0, place));
    for (let value = known ?? 0; value <= Math.min(known ?? limit, left); value += 1) {
      filled[row][column] = value;
      if (!isEnd || fits(row)) yield* fill(place + 1);
    }
  }
  yield* fill(0);
}

/** Small counts, and small totals, that are the same in every table that fits. */
function givenAway(counts: number[][], shown: ShownCounts): string[] {
  const limit = shown.total ?? sum(counts.flat()) + SMALLEST_SHOWN;
  const most = counts.map((row) => row.map(() => 0));
  const mostInColumn = (counts[0] ?? []).map(() => 0);
  const mostInRow = counts.map(() => 0);
  for (const table of possible(shown, limit)) {
    table.forEach((row, r) => {
      mostInRow[r] = Math.max(mostInRow[r], sum(row));
      row.forEach((value, c) => (most[r][c] = Math.max(most[r][c], value)));
    });
    mostInColumn.forEach((best, c) => (mostInColumn[c] = Math.max(best, sum(table.map((row) => row[c])))));
  }
  const small = (value: number, best: number): boolean => value < SMALLEST_SHOWN && best < SMALLEST_SHOWN;
  return [
    ...counts.flatMap((row, r) => row.flatMap((value, c) => (small(value, most[r][c]) ? [`cell ${r},${c}`] : []))),
    ...mostInColumn.flatMap((best, c) => (small(sum(counts.map((row) => row[c])), best) ? [`column ${c}`] : [])),
    ...mostInRow.flatMap((best, r) => (small(sum(counts[r]), best) ? [`row ${r}`] : [])),
  ];
}

describe('statistics for the council', () => {
  it('shows a table in which nothing is small', () => {
    expect(
      hideSmallCounts(
        tableOf([
          [10, 20],
          [30, 40],
        ]),
      ),
    ).toMatchObject({
      counts: [
        [10, 20],
        [30, 40],
      ],
      rowTotals: [30, 70],
      columnTotals: [40, 60],
      total: 100,
    });
  });

  it('hides a second count, since the first is the total less the others', () => {
    const { counts, total } = hideSmallCounts(tableOf([[38], [2], [60]]));
    expect(total).toBe(100);
    expect(counts.flat()).toEqual([null, null, 60]);
  });

  it('hides a third count when the two small ones are nought together', () => {
    expect(hideSmallCounts(tableOf([[0], [0], [7]])).counts.flat()).toEqual([null, null, null]);
  });

  it('hides the corners of a rectangle in a table of two directions', () => {
    const { counts } = hideSmallCounts(
      tableOf([
        [2, 30, 40],
        [10, 50, 60],
        [70, 80, 90],
      ]),
    );
    expect(counts).toEqual([
      [null, null, 40],
      [null, null, 60],
      [70, 80, 90],
    ]);
  });

  it('hides everything where there are fewer than five in all', () => {
    const { counts, columnTotals, total } = hideSmallCounts(
      tableOf([
        [1, 2],
        [0, 1],
      ]),
    );
    expect([...counts.flat(), ...columnTotals, total].every((value) => value === null)).toBe(true);
  });

  it('shows no small count, no small total, and none that can be worked out from what is shown', () => {
    const count = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 4 }) }, fc.integer({ min: 5, max: 9 }));
    const counts = fc
      .record({ height: fc.integer({ min: 1, max: 3 }), width: fc.integer({ min: 1, max: 2 }) })
      .chain(({ height, width }) =>
        fc.array(fc.array(count, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
      );
    fc.assert(
      fc.property(counts, (made) => {
        const shown = hideSmallCounts(tableOf(made));
        const all = [...shown.counts.flat(), ...shown.columnTotals, ...(shown.rowTotals ?? []), shown.total];
        expect(all.filter((value) => value !== null && value < SMALLEST_SHOWN)).toEqual([]);
        // With the total hidden an outsider knows nothing at all; otherwise every table that fits is tried.
        if (shown.total !== null && shown.total <= 15) expect(givenAway(made, shown)).toEqual([]);
      }),
      { numRuns: 150, seed: 20261122 },
    );
  });

  it('hides no more of a large table than it must', () => {
    const made = Array.from({ length: 12 }, (_, row) => [40 + row, row === 3 ? 2 : 9 + row]);
    const shown = hideSmallCounts(tableOf(made));
    expect(shown.counts.flat().filter((value) => value === null)).toHaveLength(4);
    expect([...(shown.rowTotals ?? []), ...shown.columnTotals, shown.total].every((value) => value !== null)).toBe(
      true,
    );
  });
});
