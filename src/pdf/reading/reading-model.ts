import type { Box, PageReading, PageText } from '../../contracts';

/** A stretch of text, or the note that stands in place of something removed. */
export interface ReadingRun {
  kind: 'text' | 'removed';
  text: string;
  /** True when a stored decision keeps exactly this occurrence. */
  isKept?: boolean;
}

/** A text of several runs; `\n` in a run is a new line. */
export type ReadingLine = ReadingRun[];

export type ReadingPiece =
  | { kind: 'heading'; level: 1 | 2; runs: ReadingLine }
  | { kind: 'paragraph'; runs: ReadingLine }
  | { kind: 'list'; items: ReadingLine[] }
  /** `hasHeader` is true when the first row names the columns. */
  | { kind: 'table'; rows: ReadingLine[][]; hasHeader: boolean }
  | { kind: 'picture' };

/** A page as it is read aloud, from top to bottom. */
export interface ReadingPage {
  /** From 1, in its document. */
  number: number;
  of: number;
  /** Page of the assembled package, from 1. */
  packagePage: number;
  /** Which of several packages, from 1; absent when there is one. */
  packagePart?: number;
  reading: PageReading;
  /** True when the page is one picture and the text was read from it. */
  isPicture: boolean;
  pieces: ReadingPiece[];
}

export interface ReadingDocument {
  number: string;
  title: string;
  /** What kind, when and in which case: one line under the title. */
  about: string;
  pages: ReadingPage[];
}

/** The whole package for people who do not see the page. */
export interface ReadingVersion {
  title: string;
  municipality: string;
  caseNumber: string;
  /** ISO date of the decision. */
  date: string;
  documents: ReadingDocument[];
}

/** One page of a redacted file with what was done to it: all that the reading version is made from. */
export interface RedactedPage {
  page: PageText;
  /** Places that were removed, as drawn, and the sentence to read there. */
  removed: { box: Box; note: string }[];
  /** Pictures that are drawn on the page. */
  pictures: readonly Box[];
  /** Words that a stored decision keeps. */
  kept: readonly Box[];
}
