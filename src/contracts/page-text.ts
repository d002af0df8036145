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

/**
 * Why a page counts as not read by machine: no program to read it, ink but no words, words that the program is not sure of,
 * words that no Danish dictionary knows, writing or drawing without a word, a text layer that says something else than the
 * picture.
 */
export type ReadingDoubt =
  'no-program' | 'no-words' | 'low-confidence' | 'unknown-words' | 'uncovered-ink' | 'text-layer-differs';

/** How far the reading of a picture can be trusted. */
export interface ReadingMeasures {
  words: number;
  /** Mean confidence of the reading program by letters, 0 to 1. */
  confidence: number;
  /** Share of the words that a dictionary knows, 0 to 1; absent when they are too few to tell. */
  knownWords?: number;
  /** Share of the page that is ink, 0 to 1. */
  ink: number;
  /** Square centimetres with writing or drawing that no word covers, and that as a share of all such area. */
  uncovered: number;
  uncoveredShare: number;
}

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
  /** Why the page is `unread` although something may have been read. */
  doubt?: ReadingDoubt;
  /** Present for pages that were read from their picture. */
  measures?: ReadingMeasures;
}
