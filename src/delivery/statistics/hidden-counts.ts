/** Counts by row and column; every row and column adds up to its total. */
export interface CountTable {
  rows: string[];
  columns: string[];
  counts: number[][];
}

/** A null is hidden: because it is small, or because a small one could be worked out from it. Which of the two is not told. */
export interface ShownCounts {
  rows: string[];
  columns: string[];
  counts: (number | null)[][];
  /** Null when the table has one column, whose rows are their own totals. */
  rowTotals: (number | null)[] | null;
  columnTotals: (number | null)[];
  total: number | null;
}

/** Counts under this may point at single persons. */
export const SMALLEST_SHOWN = 5;
const MARGIN_COST = 1e9;

/**
 * Hides every count under {@link SMALLEST_SHOWN}, nought included, and as many more as it takes that none of them can be
 * worked out: whoever knows all that is shown, and that counts are whole and not negative, must still hold it possible that
 * a hidden small count is not small at all. The grand total stays as long as it is not small itself.
 */
export function hideSmallCounts({ rows, columns, counts }: CountTable): ShownCounts {
  const grid = new Grid(counts, columns.length > 1);
  grid.hideSmall();
  for (let cell = grid.unsafe(); cell; cell = grid.unsafe()) if (!grid.isHelped(cell)) grid.hideMore();
  const shown = (row: number, column: number): number | null =>
    grid.isHidden(row, column) ? null : grid.value(row, column);
  const [height, width] = [rows.length, columns.length];
  return {
    rows,
    columns,
    counts: rows.map((_row, row) => columns.map((_column, column) => shown(row, column))),
    rowTotals: width > 1 ? rows.map((_row, row) => shown(row, width)) : null,
    columnTotals: columns.map((_column, column) => shown(height, column)),
    total: shown(height, width),
  };
}

type Cell = readonly [row: number, column: number];

/**
 * The table with its totals as a last row and a last column. With the totals taken negatively every row and column sums to
 * nought, so that a change of the hidden counts that nobody can see from outside is a flow in circles between rows and
 * columns: the most that a count could be is a maximal flow.
 */
class Grid {
  private readonly values: number[][];
  private readonly hidden: boolean[][];
  private readonly height: number;
  private readonly width: number;

  constructor(
    counts: number[][],
    private readonly showsRowTotals: boolean,
  ) {
    this.height = counts.length;
    this.width = counts[0]?.length ?? 1;
    const withTotals = counts.map((row) => [...row, sum(row)]);
    const totals = Array.from({ length: this.width + 1 }, (_, column) => sum(withTotals.map((row) => row[column])));
    this.values = [...withTotals, totals];
    // Totals that are printed nowhere give nothing away.
    this.hidden = this.values.map((row, index) =>
      row.map((_value, column) => !showsRowTotals && column === this.width && index < this.height),
    );
  }

  value(row: number, column: number): number {
    return this.values[row][column];
  }

  isHidden(row: number, column: number): boolean {
    return this.hidden[row][column];
  }

  hideSmall(): void {
    for (const [row, column] of this.cells())
      if (this.value(row, column) < SMALLEST_SHOWN) this.hidden[row][column] = true;
    // Under a small grand total everything is small.
    if (this.value(this.height, this.width) < SMALLEST_SHOWN) this.hidden.forEach((row) => row.fill(true));
  }

  /** A small count of which it can be worked out that it is small. */
  unsafe(): Cell | undefined {
    if (this.hidden[this.height][this.width]) return undefined;
    return this.cells().find(
      ([row, column]) => this.value(row, column) < SMALLEST_SHOWN && this.most([row, column]) < SMALLEST_SHOWN,
    );
  }

  /** Hides the other corners of the cheapest rectangle that makes the cell safe, or else safer. */
  isHelped(cell: Cell): boolean {
    const before = this.most(cell);
    let safer: Cell[] | undefined;
    for (const corners of this.rectangles(cell)) {
      const after = this.mostWith(cell, corners);
      if (after >= SMALLEST_SHOWN) return this.hide(corners);
      if (after > before) safer ??= corners;
    }
    return safer !== undefined && this.hide(safer);
  }

  /** Nothing small helps: everything but the grand total, then that too. */
  hideMore(): void {
    const inner = this.cells().filter(([row, column]) => row < this.height || column < this.width);
    const isLast = inner.every(([row, column]) => this.hidden[row][column]);
    if (isLast) this.hidden[this.height][this.width] = true;
    else this.hide(inner);
  }

  private cells(): Cell[] {
    return this.values
      .flatMap((row, index) => row.map((_value, column): Cell => [index, column]))
      .filter(([row, column]) => this.showsRowTotals || column < this.width || row === this.height);
  }

  private hide(cells: Cell[]): true {
    for (const [row, column] of cells) this.hidden[row][column] = true;
    return true;
  }

  private rectangles([row, column]: Cell): Cell[][] {
    const found: { cost: number; corners: Cell[] }[] = [];
    for (let other = 0; other <= this.height; other += 1)
      for (let across = 0; across <= this.width; across += 1) {
        if (other === row || across === column) continue;
        const corners = (
          [
            [row, across],
            [other, column],
            [other, across],
          ] as Cell[]
        ).filter(([r, c]) => !this.hidden[r][c]);
        if (corners.length === 0 || corners.some(([r, c]) => r === this.height && c === this.width)) continue;
        const isMargin = ([r, c]: Cell): boolean => r === this.height || c === this.width;
        const cost = sum(corners.map((corner) => this.value(...corner) + (isMargin(corner) ? MARGIN_COST : 0)));
        found.push({ cost, corners });
      }
    return found.sort((a, b) => a.cost - b.cost).map(({ corners }) => corners);
  }

  private mostWith(cell: Cell, corners: Cell[]): number {
    for (const [row, column] of corners) this.hidden[row][column] = true;
    const most = this.most(cell);
    for (const [row, column] of corners) this.hidden[row][column] = false;
    return most;
  }

  /** The most that the count could be, up to what is enough, for all that an outsider knows. */
  private most(cell: Cell): number {
    const [row, column] = cell;
    if (!this.hidden[row][column]) return this.value(row, column);
    const trial = this.values.map((each) => [...each]);
    while (trial[row][column] < SMALLEST_SHOWN) {
      const circle = this.circleThrough(cell, trial);
      if (!circle) break;
      trial[row][column] += 1;
      for (const { at, by } of circle) trial[at[0]][at[1]] += by;
    }
    return trial[row][column];
  }

  /** Changes of other hidden counts by one that make room for one more here. Rows are nodes 0…, columns follow. */
  private circleThrough([row, column]: Cell, values: number[][]): { at: Cell; by: 1 | -1 }[] | undefined {
    const rows = this.height + 1;
    const [start, goal] = this.sign(row, column) > 0 ? [rows + column, row] : [row, rows + column];
    const cameBy = new Map<number, { from: number; at: Cell; by: 1 | -1 }>();
    const queue = [start];
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
      for (const { to, at, by } of this.steps(node, [row, column], values)) {
        if (to === start || cameBy.has(to)) continue;
        cameBy.set(to, { from: node, at, by });
        queue.push(to);
      }
    }
    if (!cameBy.has(goal)) return undefined;
    const circle = [];
    for (let node = goal; node !== start;) {
      const step = cameBy.get(node) as { from: number; at: Cell; by: 1 | -1 };
      circle.push({ at: step.at, by: step.by });
      node = step.from;
    }
    return circle;
  }

  private steps(node: number, not: Cell, values: number[][]): { to: number; at: Cell; by: 1 | -1 }[] {
    const rows = this.height + 1;
    const isRow = node < rows;
    const count = isRow ? this.width + 1 : rows;
    const steps: { to: number; at: Cell; by: 1 | -1 }[] = [];
    for (let other = 0; other < count; other += 1) {
      const at: Cell = isRow ? [node, other] : [other, node - rows];
      if (!this.hidden[at[0]][at[1]] || (at[0] === not[0] && at[1] === not[1])) continue;
      const by = (isRow ? 1 : -1) * this.sign(...at) > 0 ? 1 : -1;
      if (by > 0 || values[at[0]][at[1]] > 0) steps.push({ to: isRow ? rows + other : other, at, by });
    }
    return steps;
  }

  private sign(row: number, column: number): 1 | -1 {
    return (row === this.height) === (column === this.width) ? 1 : -1;
  }
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
