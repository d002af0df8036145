import type { Segment } from './strips';

/** A blank band that runs from top to bottom of a region, in points from the left. */
export interface Gutter {
  left: number;
  right: number;
}

/** The blank bands at least so wide that have something on both sides. */
export function guttersOf(segments: readonly Pick<Segment, 'left' | 'right'>[], narrowest: number): Gutter[] {
  const gutters: Gutter[] = [];
  let reached = -Infinity;
  for (const { left, right } of [...segments].sort((a, b) => a.left - b.left)) {
    if (reached > -Infinity && left - reached >= narrowest) gutters.push({ left: reached, right: left });
    reached = Math.max(reached, right);
  }
  return gutters;
}

/** What stands between the gutters, from left to right. */
export function columnsBetween<T extends Pick<Segment, 'left' | 'right'>>(
  parts: readonly T[],
  gutters: readonly Gutter[],
): T[][] {
  const columns: T[][] = Array.from({ length: gutters.length + 1 }, () => []);
  for (const part of parts) {
    const middle = (part.left + part.right) / 2;
    columns[gutters.filter((gutter) => gutter.right <= middle).length].push(part);
  }
  return columns;
}
