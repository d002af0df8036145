/** A word as a reading program found it on a picture. */
export interface RecognisedWord {
  text: string;
  /** Pixels from the upper left corner. */
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** 0 to 1. */
  trust: number;
  /** Words with the same number stand on the same line. */
  line: number;
}

/** A program that reads pictures of pages. */
export interface OcrProgram {
  name: 'native' | 'js';
  read(png: Buffer, dpi: number): Promise<RecognisedWord[]>;
}
