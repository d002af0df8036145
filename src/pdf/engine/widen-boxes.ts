import type { Box } from '../../contracts';
import { overlaps } from './box-geometry';
import type { LetterWord } from './page-letters';
import { pixelsOf, type Picture } from './render';

/**
 * How wide a cover is drawn. `exact`: as wide as what it covers. `steps`: rounded up to the next of a few widths. `line`: as far
 * as the line is blank. The two latter only ever grow over blank paper: a word, a rule or a picture that nobody decided on
 * stops them.
 */
export type CoverWidth = 'exact' | 'steps' | 'line';

/** Points; about eight letters of a letter's text. */
export const WIDTH_STEP = 42;
/** A cover keeps this far from what stops it, in points. */
const GAP = 0.5;
/** A cover stays this far within the page. */
const MARGIN = 20;
/** The part of a line's height, from its top and bottom, in which other lines' letters may reach into it. */
const REACH = 0.2;
/** How much a sample of blank paper may differ from its neighbour, of 255. */
const PAPER = 12;

interface PageLook {
  words: readonly LetterWord[];
  picture: Picture;
}

/** The covers of the boxes of a page. A cover holds its box. Text that does not run along the line keeps its box. */
export function widened(boxes: readonly Box[], look: PageLook, width: CoverWidth): Box[] {
  if (width === 'exact') return [...boxes];
  const covers: Box[] = [];
  for (const [index, box] of boxes.entries()) {
    const others = [...covers, ...boxes.slice(index + 1)];
    covers.push(runsAlong(box, look.words) ? grownOverBlank(box, others, look, width) : box);
  }
  return covers;
}

/** True when the box holds text of two letters or more that stand beside each other. */
function runsAlong(box: Box, words: readonly LetterWord[]): boolean {
  const letters = words.filter((word) => overlaps(word.box, box)).flatMap((word) => word.letters);
  if (letters.length < 2) return false;
  const [first, last] = [letters[0].box, letters[letters.length - 1].box];
  return Math.abs(last[0] - first[0]) > Math.abs(last[1] - first[1]) && box[2] - box[0] > (box[3] - box[1]) / 2;
}

function grownOverBlank(box: Box, others: readonly Box[], look: PageLook, width: CoverWidth): Box {
  const { origin, width: page } = look.picture.frame;
  const [from, to] = [origin[0] + MARGIN, origin[0] + page - MARGIN];
  const wide = box[2] - box[0];
  const wanted = width === 'line' ? to - from : Math.ceil(wide / WIDTH_STEP) * WIDTH_STEP;
  const right = blankUntil(box, Math.min(to, width === 'line' ? to : box[2] + wanted - wide), others, look);
  const left = blankUntil(box, Math.max(from, width === 'line' ? from : right - wanted), others, look);
  return [Math.min(left, box[0]), box[1], Math.max(right, box[2]), box[3]];
}

/** How far the paper is blank from the box's edge towards `goal`, which lies to its right or left. */
function blankUntil(box: Box, goal: number, others: readonly Box[], look: PageLook): number {
  const isRight = goal >= box[2];
  const edge = isRight ? box[2] : box[0];
  if (isRight ? goal <= edge : goal >= edge) return edge;
  const strip: Box = isRight ? [edge, box[1], goal, box[3]] : [goal, box[1], edge, box[3]];
  const inLine = inset(strip);
  const stops = [...look.words.map((word) => word.box), ...others].filter((other) => overlaps(other, inLine));
  const free = stops.reduce((reach, stop) => nearer(reach, isRight ? stop[0] - GAP : stop[2] + GAP, isRight), goal);
  const paper = blankPaper(
    isRight ? [edge, inLine[1], free, inLine[3]] : [free, inLine[1], edge, inLine[3]],
    look,
    isRight,
  );
  const reached = nearer(free, paper, isRight);
  return isRight ? Math.max(edge, reached) : Math.min(edge, reached);
}

function nearer(a: number, b: number, isRight: boolean): number {
  return isRight ? Math.min(a, b) : Math.max(a, b);
}

function inset(box: Box): Box {
  const height = (box[3] - box[1]) * REACH;
  return [box[0], box[1] + height, box[2], box[3] - height];
}

/** How far a strip looks like paper, slice by slice of one pixel, away from the box. */
function blankPaper([x0, y0, x1, y1]: Box, look: PageLook, isRight: boolean): number {
  const step = 1 / look.picture.scale;
  const slices = Math.floor((x1 - x0) / step);
  let ground: number | undefined;
  // The slice beside the box may hold the edge of its last letter.
  for (let index = 1; index < slices; index++) {
    const from = isRight ? x0 + index * step : x1 - (index + 1) * step;
    const levels = levelsOf([from, y0, from + step, y1], look.picture);
    ground ??= levels[0];
    const paper = ground;
    if (levels.some((level) => Math.abs(level - paper) > PAPER)) return isRight ? from - GAP : from + step + GAP;
  }
  return isRight ? x1 : x0;
}

function levelsOf(box: Box, picture: Picture): number[] {
  const [left, top, right, bottom] = pixelsOf(picture, box).map(Math.round);
  const levels: number[] = [];
  for (let y = Math.max(0, top); y < Math.min(picture.height, Math.max(bottom, top + 1)); y++) {
    for (let x = Math.max(0, left); x < Math.min(picture.width, Math.max(right, left + 1)); x++) {
      const at = (y * picture.width + x) * 4;
      levels.push((picture.data[at] * 77 + picture.data[at + 1] * 150 + picture.data[at + 2] * 29) >> 8);
    }
  }
  return levels;
}
