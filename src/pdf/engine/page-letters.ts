import type { Box } from '../../contracts';
import { free, letterCalls, malloc, rectAt, type OpenDocument } from './pdfium';

/** One character as the page draws it, visible or not. */
export interface Letter {
  text: string;
  /** Advance width by font height: what belongs to the letter. */
  box: Box;
}

/** A group of letters that follow each other without white space, on one line. */
export interface LetterWord {
  text: string;
  letters: Letter[];
  box: Box;
  /** True when a new line begins with this word. */
  startsLine: boolean;
}

/**
 * Every letter of a page in the order PDFium gives, white space and line ends left out but kept as breaks (`null`).
 * Boxes are in the page's own user space, so /Rotate and offset page boxes do not touch them.
 */
export function readLetters(document: OpenDocument, page: number): (Letter | null | 'line')[] {
  const { pdfium } = document;
  const textPage = pdfium.FPDFText_LoadPage(page);
  if (textPage === 0) return [];
  const calls = letterCalls(pdfium);
  const rect = malloc(pdfium, 16);
  try {
    const count = pdfium.FPDFText_CountChars(textPage);
    const letters: (Letter | null | 'line')[] = [];
    for (let index = 0; index < count; index++) {
      const code = calls.FPDFText_GetUnicode(textPage, index) >>> 0;
      if (code === 10 || code === 13) {
        letters.push('line');
        continue;
      }
      const text = plain(code);
      if (text.trim() === '') {
        letters.push(null);
        continue;
      }
      if (calls.FPDFText_GetLooseCharBox(textPage, index, rect) === 0) continue;
      const [left, top, right, bottom] = rectAt(pdfium, rect);
      const box: Box = [Math.min(left, right), Math.min(top, bottom), Math.max(left, right), Math.max(top, bottom)];
      letters.push({ text, box });
    }
    return letters;
  } finally {
    free(pdfium, rect);
    pdfium.FPDFText_ClosePage(textPage);
  }
}

const LAST_CODE_POINT = 0x10ffff;

/** PDFium marks a hyphen at a line end with U+0002; what has no Unicode value is shown as the replacement character. */
function plain(code: number): string {
  if (code === 2) return '-';
  if (code === 0 || code === 0xfffe || code === 0xffff) return '\ufffd';
  if (code < 32 || code === 0xa0) return ' ';
  if ((code >= 0xd800 && code <= 0xdfff) || code > LAST_CODE_POINT) return '\ufffd';
  return String.fromCodePoint(code);
}

export function unite(boxes: readonly Box[]): Box {
  return [
    Math.min(...boxes.map((box) => box[0])),
    Math.min(...boxes.map((box) => box[1])),
    Math.max(...boxes.map((box) => box[2])),
    Math.max(...boxes.map((box) => box[3])),
  ];
}

export function groupWords(letters: readonly (Letter | null | 'line')[]): LetterWord[] {
  const words: LetterWord[] = [];
  let current: Letter[] = [];
  let startsLine = true;
  const finish = () => {
    if (current.length === 0) return;
    words.push({
      text: current.map((letter) => letter.text).join(''),
      letters: current,
      box: unite(current.map((letter) => letter.box)),
      startsLine,
    });
    current = [];
    startsLine = false;
  };
  for (const letter of letters) {
    if (letter === null || letter === 'line') {
      finish();
      if (letter === 'line') startsLine = true;
    } else {
      if (isElsewhere(current.at(-1), letter)) {
        finish();
        startsLine = true;
      }
      current.push(letter);
    }
  }
  finish();
  return words;
}

/** PDFium runs a word with a hyphen at the line's end on into the next line; one box around both would cover two lines. */
function isElsewhere(last: Letter | undefined, { box }: Letter): boolean {
  if (!last) return false;
  const height = Math.max(last.box[3] - last.box[1], box[3] - box[1]);
  const isLower = last.box[1] - box[1] > height / 2;
  return isLower && last.box[0] - box[2] > height;
}
