import type { SpanType } from '../contracts';

/** What a rule found, before it is known whose it is. Offsets are UTF-16 units. */
export interface Finding {
  start: number;
  end: number;
  type: SpanType;
  /** 0 to 1: how sure the rule is that this is what it says. */
  confidence: number;
  /** Comparable form: figures only, folded e-mail and so on. */
  value: string;
}

/** What stands on the line directly before a place, folded, at most `length` units. */
export function justBefore(folded: string, start: number, length = 28): string {
  const from = Math.max(0, start - length);
  const before = folded.slice(from, start);
  const lineBreak = before.lastIndexOf('\n');
  return lineBreak === -1 ? before : before.slice(lineBreak + 1);
}

/** Figures only, with the letters that reading machines mistake for figures turned back. */
export function digitsOf(written: string): string {
  return written
    .replace(/[OoØø]/g, '0')
    .replace(/[lIi|]/g, '1')
    .replace(/S/g, '5')
    .replace(/B/g, '8')
    .replace(/\D/g, '');
}

/** Adds the findings that do not overlap one that is already there. */
export function addFree(found: Finding[], more: Finding[]): Finding[] {
  const taken = [...found].sort((a, b) => a.start - b.start);
  const free = more.filter(({ start, end }) => !overlapsAny(taken, start, end));
  return [...found, ...free];
}

function overlapsAny(sorted: Finding[], start: number, end: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.end <= start) low = middle + 1;
    else high = middle;
  }
  return low < sorted.length && sorted[low]!.start < end;
}
