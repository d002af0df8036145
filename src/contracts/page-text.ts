import type { Box } from './geometry';

/** A run of letters without white space; `start` and `end` are UTF-16 offsets into the page's `text`. */
export interface Word {
  text: string;
  start: number;
  end: number;
  box: Box;
}

/** How the text of a page was read. `unread` means that nobody, machine or person, has read it: it blocks approval. */
export type PageReading = 'text' | 'ocr' | 'unread';

/** The text of one page with the place of every word. Words on a line are joined by a blank, lines by `\n`. */
export interface PageText {
  /** From 0. */
  index: number;
  /** Unrotated size in points. */
  width: number;
  height: number;
  /** Clockwise degrees: how the page is turned when shown. */
  rotation: 0 | 90 | 180 | 270;
  /** Lower left corner of what is shown, in the coordinates of the boxes; absent means 0, 0. */
  origin?: readonly [x: number, y: number];
  text: string;
  words: Word[];
  reading: PageReading;
  /** Mean confidence of OCR, 0 to 1; absent for text that was not OCR'ed. */
  trust?: number;
}
