import type { Box } from '../contracts';
import { jointLabel } from './linked-labels';

export interface LabelledBox {
  box: Box;
  label: string | undefined;
}

/** Boxes that share at least this much of the lower one's height stand on one line. */
const SAME_LINE = 0.5;

/** One box where several decisions overlap on a line, so that no label lies under another box. */
export function mergeOverlapping(boxes: LabelledBox[]): LabelledBox[] {
  const merged: LabelledBox[] = [];
  for (const next of [...boxes].sort((a, b) => b.box[3] - a.box[3] || a.box[0] - b.box[0])) {
    const index = merged.findIndex((known) => overlapsOnLine(known.box, next.box));
    if (index < 0) merged.push(next);
    else
      merged[index] = { box: around(merged[index].box, next.box), label: jointLabel(merged[index].label, next.label) };
  }
  return merged.length === boxes.length ? merged : mergeOverlapping(merged);
}

function overlapsOnLine(a: Box, b: Box): boolean {
  const wide = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const high = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  return wide > 0 && high >= SAME_LINE * Math.min(a[3] - a[1], b[3] - b[1]);
}

function around(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}
