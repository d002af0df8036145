/** Letters of a shingle: short enough to survive a misread letter, long enough to be rare. */
const SHINGLE = 5;
const SKETCH = 256;

/** The smallest hashes of a text's shingles, ascending: two texts share as many of them as they share of their shingles. */
export type TextSketch = Uint32Array;

/** A fixed sample of all runs of five characters in a canonical text. Empty for a text shorter than that. */
export function sketchOf(canonical: string): TextSketch {
  const hashes = new Set<number>();
  for (let at = 0; at + SHINGLE <= canonical.length; at += 1) {
    let hash = 0x811c9dc5;
    for (let next = at; next < at + SHINGLE; next += 1) {
      hash = Math.imul(hash ^ canonical.charCodeAt(next), 0x01000193);
    }
    hashes.add(mixed(hash));
  }
  return Uint32Array.from(hashes).sort().slice(0, SKETCH);
}

/** Estimate of the share of shingles that two texts have in common (Jaccard), 0 to 1. */
export function similarity(one: TextSketch, other: TextSketch): number {
  if (one.length === 0 || other.length === 0) return 0;
  let [a, b, seen, both] = [0, 0, 0, 0];
  while (seen < SKETCH && (a < one.length || b < other.length)) {
    const [left, right] = [one[a] ?? Infinity, other[b] ?? Infinity];
    if (left === right) both += 1;
    if (left <= right) a += 1;
    if (right <= left) b += 1;
    seen += 1;
  }
  return both / seen;
}

/** Spreads the bits, so that the smallest hashes are a fair sample. */
function mixed(hash: number): number {
  let value = hash ^ (hash >>> 16);
  value = Math.imul(value, 0x85ebca6b);
  value ^= value >>> 13;
  value = Math.imul(value, 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
