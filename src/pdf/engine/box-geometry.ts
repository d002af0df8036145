import type { Box } from '../../contracts';
import type { LetterWord } from './page-letters';

/** Less than this share of a letter under a box, and the box only grazes it. */
const GRAZED_LETTER = 2 / 3;
/** Less than this share of a line's height under a box, and the box only grazes the line. */
const GRAZED_LINE = 0.35;

export function centreIsIn(inner: Box, outer: Box): boolean {
  const x = (inner[0] + inner[2]) / 2;
  const y = (inner[1] + inner[3]) / 2;
  return x >= outer[0] && x <= outer[2] && y >= outer[1] && y <= outer[3];
}

export function overlaps(a: Box, b: Box, by = 0): boolean {
  return Math.min(a[2], b[2]) - Math.max(a[0], b[0]) > by && Math.min(a[3], b[3]) - Math.max(a[1], b[1]) > by;
}

export function grown(box: Box, by: number): Box {
  return [box[0] - by, box[1] - by, box[2] + by, box[3] + by];
}

/**
 * Draws a box's edges back from what it only grazes: a line above or below of which it covers a strip, and the outermost
 * letter of a neighbouring word. A word of which more lies under the box is what the box is meant for.
 */
export function withoutGrazedWords(box: Box, words: readonly LetterWord[]): Box {
  const touched = words.filter((word) => overlaps(word.box, box));
  const meant = touched.filter((word) => heightUnder(word.box, box) >= GRAZED_LINE);
  let trimmed: Box = box;
  if (meant.length > 0) {
    for (const word of touched) if (!meant.includes(word)) trimmed = awayFromLine(trimmed, word.box);
  }
  for (const word of meant) trimmed = awayFromWord(trimmed, word);
  return trimmed;
}

function heightUnder(word: Box, box: Box): number {
  const covered = Math.min(word[3], box[3]) - Math.max(word[1], box[1]);
  return covered / Math.max(0.01, Math.min(word[3] - word[1], box[3] - box[1]));
}

function awayFromLine(box: Box, line: Box): Box {
  const isAbove = line[1] > box[1];
  const trimmed: Box = isAbove ? [box[0], box[1], box[2], line[1]] : [box[0], line[3], box[2], box[3]];
  return trimmed[3] - trimmed[1] > (box[3] - box[1]) / 2 ? trimmed : box;
}

function awayFromWord(box: Box, word: LetterWord): Box {
  const under = word.letters.filter((letter) => overlaps(letter.box, box));
  if (word.letters.length < 2 || under.length !== 1) return box;
  const letter = under[0].box;
  const width = letter[2] - letter[0];
  const covered = Math.min(letter[2], box[2]) - Math.max(letter[0], box[0]);
  if (width <= 0 || covered / width >= GRAZED_LETTER) return box;
  const isAtStart = letter[0] < box[0];
  const trimmed: Box = isAtStart ? [letter[2], box[1], box[2], box[3]] : [box[0], box[1], letter[0], box[3]];
  return trimmed[2] - trimmed[0] > (box[2] - box[0]) / 2 ? trimmed : box;
}
