import type { Box } from '../../contracts';
import { centreIsIn, grown, overlaps } from './box-geometry';
import type { Letter } from './page-letters';
import { pixelsOf, type Picture } from './render';

/** How far a letter may move, in points, and still be where it was. */
const SAME_PLACE = 0.75;
/** How different a sample must be to count, of 255. */
const DIFFERENT = 64;
/** How many pixels outside the boxes may differ at 72 dpi: edges of pictures and of glyphs drawn anew. */
export const CHANGED_PIXELS_BOUND = 40;
/** The share of the inner part of a box that may differ from its ground before something is left there. */
const LEFT_IN_BOX = 0.02;

/** True when every letter that no box touches is where it was, none has come, and none is left under a box. */
export function lettersAreRight(before: readonly Letter[], after: readonly Letter[], boxes: readonly Box[]): boolean {
  if (after.some((letter) => boxes.some((box) => centreIsIn(letter.box, box)))) return false;
  const mayStay = new Map<string, { letter: Letter; must: boolean }[]>();
  for (const letter of before) {
    const must = !boxes.some((box) => overlaps(letter.box, box));
    const same = mayStay.get(letter.text);
    if (same) same.push({ letter, must });
    else mayStay.set(letter.text, [{ letter, must }]);
  }
  for (const letter of after) {
    const same = mayStay.get(letter.text) ?? [];
    const at = same.findIndex((candidate) => isSamePlace(candidate.letter.box, letter.box));
    if (at < 0) return false;
    same.splice(at, 1);
  }
  return ![...mayStay.values()].flat().some((candidate) => candidate.must);
}

function isSamePlace(a: Box, b: Box): boolean {
  return Math.abs(a[0] - b[0]) <= SAME_PLACE && Math.abs(a[1] - b[1]) <= SAME_PLACE;
}

/** How many pixels outside the boxes differ. */
export function changedOutside(before: Picture, after: Picture, boxes: readonly Box[]): number {
  if (before.width !== after.width || before.height !== after.height) return Number.MAX_SAFE_INTEGER;
  const inside = new Uint8Array(before.width * before.height);
  for (const box of boxes) {
    const [left, top, right, bottom] = clipped(before, grown(box, 2.5 / before.scale));
    for (let y = top; y < bottom; y++) inside.fill(1, y * before.width + left, y * before.width + right);
  }
  let changed = 0;
  for (let pixel = 0, at = 0; pixel < inside.length; pixel++, at += 3) {
    if (inside[pixel]) continue;
    const difference = Math.max(
      Math.abs(before.data[at] - after.data[at]),
      Math.abs(before.data[at + 1] - after.data[at + 1]),
      Math.abs(before.data[at + 2] - after.data[at + 2]),
    );
    if (difference > DIFFERENT) changed++;
  }
  return changed;
}

/** True when something is still drawn inside a box (before its cover is drawn): a glyph as lines, a picture. */
export function somethingIsLeft(after: Picture, box: Box): boolean {
  const height = (box[3] - box[1]) * 0.2;
  const width = Math.min(2, (box[2] - box[0]) * 0.2);
  const [left, top, right, bottom] = clipped(after, [box[0] + width, box[1] + height, box[2] - width, box[3] - height]);
  const counts = new Map<number, number>();
  const levels: number[] = [];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const level = grey(after, x, y);
      levels.push(level);
      counts.set(level >> 4, (counts.get(level >> 4) ?? 0) + 1);
    }
  }
  const ground = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 15;
  const other = levels.filter((level) => Math.abs(level - (ground * 16 + 8)) > DIFFERENT).length;
  return other > levels.length * LEFT_IN_BOX;
}

/** True when the pixels under a box are not all alike: something is to be seen there. */
export function isSeen(picture: Picture, box: Box): boolean {
  const inset = (box[3] - box[1]) * 0.15;
  const [left, top, right, bottom] = clipped(picture, [box[0], box[1] + inset, box[2], box[3] - inset]);
  let darkest = 255;
  let lightest = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const level = grey(picture, x, y);
      darkest = Math.min(darkest, level);
      lightest = Math.max(lightest, level);
    }
  }
  return lightest - darkest > 40;
}

function grey(picture: Picture, x: number, y: number): number {
  const at = (y * picture.width + x) * 3;
  return (picture.data[at] * 77 + picture.data[at + 1] * 150 + picture.data[at + 2] * 29) >> 8;
}

function clipped(picture: Picture, box: Box): [number, number, number, number] {
  const [left, top, right, bottom] = pixelsOf(picture, box);
  const within = (value: number, limit: number) => Math.min(limit, Math.max(0, value));
  return [
    within(Math.floor(left), picture.width),
    within(Math.floor(top), picture.height),
    within(Math.ceil(right), picture.width),
    within(Math.ceil(bottom), picture.height),
  ];
}
