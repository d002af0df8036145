import { inkOf, MEASURING_DPI, type GreyPicture } from './grey-picture';
import type { RecognisedWord } from './recognised-word';

export interface InkMeasure {
  /** Share of the page that is ink, 0 to 1. */
  ink: number;
  /** Square centimetres of the page with ink that no word covers; ruled lines and the page's edges do not count. */
  uncovered: number;
  /** That, as a share of all inked area. */
  uncoveredShare: number;
}

/** Runs longer than this, in pixels, and thinner than the other are ruled lines. */
const RULE_LENGTH = 45;
const RULE_THICKNESS = 5;
/** The edge of a scan is often dark. */
const EDGE = 12;
/** A cell of a tenth of an inch counts as inked from so many of its pixels on. */
const CELL = MEASURING_DPI / 10;
const INKED_PIXELS = 7;
const CELL_CM2 = 0.254 ** 2;
/** Letters reach this far out of the boxes that the program gives. */
const AROUND_WORDS = 4;

/** How much of what is written or drawn on a page the reading program found no word for. */
export function inkMeasure(picture: GreyPicture, words: readonly RecognisedWord[]): InkMeasure {
  const { width, height, scale } = picture;
  const ink = inkOf(picture);
  const total = ink.reduce((sum, value) => sum + value, 0);
  clearRules(ink, width, height);
  const covered = new Uint8Array(ink.length);
  for (const { left, top, right, bottom } of words) {
    for (let y = clamp(top / scale - AROUND_WORDS, height); y < clamp(bottom / scale + AROUND_WORDS, height); y += 1)
      covered.fill(
        1,
        y * width + clamp(left / scale - AROUND_WORDS, width),
        y * width + clamp(right / scale + AROUND_WORDS, width),
      );
  }
  const all = inkedCells(width, height, (at) => ink[at] === 1);
  const open = inkedCells(width, height, (at) => ink[at] === 1 && covered[at] === 0);
  return {
    ink: total / ink.length,
    uncovered: Math.round(open * CELL_CM2 * 10) / 10,
    uncoveredShare: all === 0 ? 0 : Math.round((open / all) * 1000) / 1000,
  };
}

function inkedCells(width: number, height: number, isInk: (at: number) => boolean): number {
  let cells = 0;
  for (let top = EDGE; top + CELL <= height - EDGE; top += CELL) {
    for (let left = EDGE; left + CELL <= width - EDGE; left += CELL) {
      let pixels = 0;
      for (let y = top; y < top + CELL; y += 1)
        for (let x = left; x < left + CELL; x += 1) if (isInk(y * width + x)) pixels += 1;
      if (pixels >= INKED_PIXELS) cells += 1;
    }
  }
  return cells;
}

/** Frames and the lines of forms are no writing. */
function clearRules(ink: Uint8Array, width: number, height: number): void {
  const rules: number[] = [];
  const along = (lines: number, length: number, at: (line: number, step: number) => number): void => {
    for (let line = 0; line < lines; line += 1) {
      for (let step = 0; step < length;) {
        let end = step;
        while (end < length && ink[at(line, end)] === 1) end += 1;
        if (end - step >= RULE_LENGTH && isThin(line, step, end, lines, at))
          for (let each = step; each < end; each += 1) rules.push(at(line, each));
        step = end + 1;
      }
    }
  };
  const isThin = (line: number, from: number, to: number, lines: number, at: (line: number, step: number) => number) =>
    [line - RULE_THICKNESS, line + RULE_THICKNESS].every((beside) => {
      if (beside < 0 || beside >= lines) return true;
      let dark = 0;
      for (let step = from; step < to; step += 1) dark += ink[at(beside, step)];
      return dark < (to - from) * 0.4;
    });
  along(height, width, (y, x) => y * width + x);
  along(width, height, (x, y) => y * width + x);
  for (const at of rules) ink[at] = 0;
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most, Math.round(value)));
}
