import { createHash } from 'node:crypto';

export interface Drawable {
  id: string;
  /** Deliveries of one kind are drawn among themselves. */
  stratum: string;
}

/**
 * Draws deliveries so that every kind is seen as far as the number goes: one of each kind first, the largest kinds first,
 * the rest in proportion to their size (largest remainders). The same seed and the same deliveries give the same draw, in
 * any order they are given.
 */
export function drawDeliveries<Row extends Drawable>(rows: Row[], wanted: number, seed: string): Row[] {
  const strata = new Map<string, Row[]>();
  for (const row of rows) strata.set(row.stratum, [...(strata.get(row.stratum) ?? []), row]);
  const shares = sharesOf(strata, Math.min(wanted, rows.length));
  const place = (id: string): string => createHash('sha256').update(`${seed}:${id}`).digest('hex');
  return [...strata.keys()].sort().flatMap((name) =>
    (strata.get(name) ?? [])
      .map((row) => ({ row, place: place(row.id) }))
      .sort((a, b) => (a.place < b.place ? -1 : 1))
      .slice(0, shares.get(name))
      .map(({ row }) => row),
  );
}

/** How many of each kind. */
function sharesOf(strata: Map<string, { id: string }[]>, wanted: number): Map<string, number> {
  const sizes = [...strata].map(([name, rows]) => ({ name, size: rows.length }));
  sizes.sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
  const shares = new Map(sizes.map(({ name }, index) => [name, index < wanted ? 1 : 0]));
  const left = wanted - Math.min(wanted, sizes.length);
  const rest = sizes.reduce((sum, { size }) => sum + size - 1, 0);
  if (left === 0 || rest === 0) return shares;
  const exact = sizes.map(({ name, size }) => ({ name, most: size - 1, part: (left * (size - 1)) / rest }));
  for (const { name, part } of exact) shares.set(name, (shares.get(name) ?? 0) + Math.floor(part));
  let missing = left - exact.reduce((sum, { part }) => sum + Math.floor(part), 0);
  const byRemainder = exact.sort((a, b) => (b.part % 1) - (a.part % 1) || (a.name < b.name ? -1 : 1));
  for (const { name, most } of byRemainder) {
    if (missing === 0) break;
    if ((shares.get(name) ?? 0) > most) continue;
    shares.set(name, (shares.get(name) ?? 0) + 1);
    missing -= 1;
  }
  return shares;
}

/** Of the deliveries that could be drawn, whatever their order: who draws again knows that it is among the same. */
export function populationHash(rows: { id: string }[]): string {
  return createHash('sha256')
    .update(
      rows
        .map(({ id }) => id)
        .sort()
        .join('\n'),
    )
    .digest('hex');
}
