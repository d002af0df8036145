import { fitBlocks } from './fit-blocks';
import type { ReadingBlock } from './reading-block';

function cellsOf(blocks: ReadingBlock[]): string[] {
  return blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flat() : []));
}

it('puts columns that do not fit below each other, each group with the first column, and loses none', () => {
  const rows = Array.from({ length: 3 }, (_, row) => Array.from({ length: 30 }, (_, column) => `r${row}k${column}`));
  const tables = fitBlocks([{ kind: 'table', rows, header: true }]).flat();
  expect(tables.length).toBeGreaterThan(3);
  expect(new Set(cellsOf(tables))).toEqual(new Set(rows.flat()));
  for (const table of tables) expect(cellsOf([table])).toContain('r1k0');
});

it('gives wide words wide columns instead of breaking them', () => {
  const mail = 'familieafdelingen@solby-kommune.example';
  const tables = fitBlocks([{ kind: 'table', rows: [['1', mail, mail, mail]], header: false }]).flat();
  expect(cellsOf(tables).filter((cell) => cell === mail)).toHaveLength(3);
  expect(tables).toHaveLength(3);
});

it('cuts a long table into parts under the same header row', () => {
  const rows = [['nr', 'navn'], ...Array.from({ length: 10_000 }, (_, row) => [String(row), `Navn ${row}`])];
  const parts = fitBlocks([{ kind: 'table', rows, header: true }]);
  expect(parts.length).toBeGreaterThan(2);
  expect(parts.every(([table]) => cellsOf([table!]).slice(0, 2).join() === 'nr,navn')).toBe(true);
  expect(new Set(parts.flatMap(cellsOf)).size).toBe(2 + 20_000);
});

it('lets headings begin with the first level and skip none', () => {
  const heading = (level: 1 | 2 | 3): ReadingBlock => ({ kind: 'heading', level, text: 'x' });
  const [part] = fitBlocks([heading(3), heading(3), heading(1), heading(3)]);
  expect(part!.map((block) => (block.kind === 'heading' ? block.level : 0))).toEqual([1, 2, 1, 2]);
});
