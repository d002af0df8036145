import type { Box, PageText, Word } from '../contracts';

/** Words whose middles differ by less than this share of their height stand on one line. */
const SAME_LINE = 0.5;

/** The boxes of the words that a span touches, one a line. Whole words: a box never ends inside a letter. */
export function boxesOfSpan(page: PageText, start: number, end: number): Box[] {
  const touched = page.words.filter((word) => word.start < end && word.end > start);
  const lines: Word[][] = [];
  for (const word of touched) {
    const line = lines.at(-1);
    if (line && isOnLine(line[line.length - 1].box, word.box)) line.push(word);
    else lines.push([word]);
  }
  return lines.map((words) => around(words.map((word) => word.box)));
}

function isOnLine(left: Box, right: Box): boolean {
  const height = Math.max(left[3] - left[1], right[3] - right[1]);
  return Math.abs((left[1] + left[3]) / 2 - (right[1] + right[3]) / 2) < height * SAME_LINE;
}

function around(boxes: Box[]): Box {
  return [
    Math.min(...boxes.map((box) => box[0])),
    Math.min(...boxes.map((box) => box[1])),
    Math.max(...boxes.map((box) => box[2])),
    Math.max(...boxes.map((box) => box[3])),
  ];
}
