import type { Box } from '../../contracts';
import { centreIsIn, grown, overlaps } from './box-geometry';
import type { Letter } from './page-letters';
import { pixelsOf, type Picture } from './render';

/** How far a letter may move, in points, and still be where it was. */
const SAME_PLACE = 0.75;
/** Points; more than {@link SAME_PLACE}. */
const LINE_STEP = 8;
/** How different a sample must be to count, of 255. */
const DIFFERENT = 64;
/** How many pixels outside the boxes may differ at 72 dpi: edges of pictures and of glyphs drawn anew. */
export const CHANGED_PIXELS_BOUND = 40;
/** The share of the inner part of a box that may differ from its ground before something is left there. */
const LEFT_IN_BOX = 0.02;

export type LetterFault = 'letters-left' | 'letters-moved';

/** What is wrong with the letters after removing: one is left under a box, or one that no box touches is not where it was. */
export function faultOfLetters(
  before: readonly Letter[],
  after: readonly Letter[],
  boxes: readonly Box[],
): LetterFault | undefined {
  if (after.some((letter) => boxes.some((box) => centreIsIn(letter.box, box)))) return 'letters-left';
  const mayGo = before.map((letter) => boxes.some((box) => overlaps(letter.box, box)));
  if (isSameInOrder(before, after, mayGo)) return undefined;
  const mayStay = new Map<string, { letter: Letter; must: boolean }[]>();
  for (const [index, letter] of before.entries()) {
    const must = !mayGo[index];
    const key = placeKey(letter);
    const same = mayStay.get(key);
    if (same) same.push({ letter, must });
    else mayStay.set(key, [{ letter, must }]);
  }
  for (const letter of after) {
    if (!takeSame(mayStay, letter)) return 'letters-moved';
  }
  const isLost = [...mayStay.values()].some((list) => list.some((candidate) => candidate.must));
  return isLost ? 'letters-moved' : undefined;
}

/** The usual case: the letters come in the order in which they came before. */
function isSameInOrder(before: readonly Letter[], after: readonly Letter[], mayGo: readonly boolean[]): boolean {
  let next = 0;
  for (const [index, letter] of before.entries()) {
    const found = next < after.length ? after[next] : undefined;
    if (found?.text === letter.text && isSamePlace(letter.box, found.box)) next++;
    else if (!mayGo[index]) return false;
  }
  return next === after.length;
}

/** Letters are sought among those of the same text and height, so that a full page takes no longer a letter than an empty one. */
function placeKey(letter: Letter, by = 0): string {
  return `${letter.text}${Math.floor(letter.box[1] / LINE_STEP) + by}`;
}

function takeSame(mayStay: Map<string, { letter: Letter; must: boolean }[]>, letter: Letter): boolean {
  for (const by of [0, -1, 1]) {
    const same = mayStay.get(placeKey(letter, by)) ?? [];
    const at = same.findIndex((candidate) => isSamePlace(candidate.letter.box, letter.box));
    if (at < 0) continue;
    same.splice(at, 1);
    return true;
  }
  return false;
}

function isSamePlace(a: Box, b: Box): boolean {
  return Math.abs(a[0] - b[0]) <= SAME_PLACE && Math.abs(a[1] - b[1]) <= SAME_PLACE;
}

/** How many pixels outside the boxes differ. */
export function changedOutside(before: Picture, after: Picture, boxes: readonly Box[]): number {
  if (before.width !== after.width || before.height !== after.height) return Number.MAX_SAFE_INTEGER;
  const { width, height } = before;
  const inside = boxes.map((box) => clipped(before, grown(box, 2.5 / before.scale)));
  const [old, now] = [before, after].map(({ data }) => new Int32Array(data.buffer, data.byteOffset, width * height));
  let changed = 0;
  for (let y = 0; y < height; y++) {
    const covers = inside.filter(([, top, , bottom]) => y >= top && y < bottom);
    for (let at = y * width, end = at + width; at < end; at++) {
      // Most pixels are the same, byte for byte; the fourth byte of each says nothing.
      if (old[at] !== now[at] && differ(old[at], now[at]) && !isAmong(at - y * width, covers)) changed++;
    }
  }
  return changed;
}

function isAmong(x: number, covers: readonly (readonly number[])[]): boolean {
  return covers.some(([left, , right]) => x >= left && x < right);
}

/** Two pixels whose samples are the lower three bytes. */
function differ(a: number, b: number): boolean {
  return (
    Math.abs((a & 255) - (b & 255)) > DIFFERENT ||
    Math.abs(((a >> 8) & 255) - ((b >> 8) & 255)) > DIFFERENT ||
    Math.abs(((a >> 16) & 255) - ((b >> 16) & 255)) > DIFFERENT
  );
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
  const at = (y * picture.width + x) * 4;
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
