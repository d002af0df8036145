import type { Box } from '../../contracts';
import { centreIsIn, withoutGrazedWords } from './box-geometry';
import { isSeen } from './compare-pages';
import type { Jobs, TermHit, TextUnderBox } from './jobs';
import { groupWords, readLetters, unite, type Letter } from './page-letters';
import { pageFrame } from './page-frame';
import { withDocument } from './pdfium';
import { renderPage, type Picture } from './render';

/** A page's letters and digits in a row, without blanks and signs, and where each comes from. */
interface Row {
  text: string;
  /** Index into `letters` by index into `text`. */
  from: number[];
  letters: Letter[];
  /** True when the letter follows the one before it without a blank. */
  joined: boolean[];
}

const LOOK_DPI = 100;

/** Finds terms on every page whatever blanks, signs, case or line ends stand between their letters. */
export function locate({ pdf, terms, firstPage, pages }: Jobs['locate']['args']): Promise<TermHit[]> {
  const wanted = terms.map(squeeze);
  return withDocument(pdf, (document) => {
    const hits: TermHit[] = [];
    for (let page = firstPage; page < firstPage + pages; page++) {
      document.withPage(page, (handle) => {
        const row = rowOf(readLetters(document, handle));
        const found = wanted.flatMap((term, index) => occurrences(row, term).map((boxes) => ({ term: index, boxes })));
        if (found.length === 0) return;
        const picture = renderPage(document, handle, LOOK_DPI);
        const { origin, width, height } = pageFrame(document, handle);
        const shown: Box = [origin[0], origin[1], origin[0] + width, origin[1] + height];
        for (const { term, boxes } of found) {
          hits.push({ page, term, boxes, visible: boxes.some((box) => isVisible(picture, box, shown)) });
        }
      });
    }
    return hits;
  });
}

function isVisible(picture: Picture, box: Box, shown: Box): boolean {
  return centreIsIn(box, shown) && isSeen(picture, box);
}

/** The letters under each box, with blanks and line ends as on the page. */
export function textUnder({ pdf, boxes }: Jobs['textUnder']['args']): Promise<TextUnderBox[]> {
  return withDocument(pdf, (document) => {
    const found: TextUnderBox[] = [];
    for (const [key, list] of Object.entries(boxes)) {
      const page = Number(key);
      const letters = document.withPage(page, (handle) => readLetters(document, handle));
      const words = groupWords(letters);
      list.forEach((box, index) => {
        found.push({ page, box: index, text: textIn(letters, withoutGrazedWords(box, words)) });
      });
    }
    return found;
  });
}

function textIn(letters: readonly (Letter | null | 'line')[], box: Box): string {
  let text = '';
  let gap = '';
  for (const letter of letters) {
    if (letter === null || letter === 'line') {
      gap = letter === 'line' ? '\n' : gap || ' ';
    } else if (centreIsIn(letter.box, box)) {
      text += (text === '' ? '' : gap) + letter.text;
      gap = '';
    }
  }
  return text;
}

/** Letters and digits in lower case, nothing else. */
export function squeeze(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function rowOf(items: readonly (Letter | null | 'line')[]): Row {
  const row: Row = { text: '', from: [], letters: [], joined: [] };
  let joined = false;
  for (const item of items) {
    if (item === null || item === 'line') {
      joined = false;
      continue;
    }
    const plain = squeeze(item.text);
    if (plain === '') joined = false;
    for (let index = 0; index < plain.length; index++) row.from.push(row.letters.length);
    row.text += plain;
    row.letters.push(item);
    row.joined.push(joined);
    joined = plain !== '';
  }
  return row;
}

function occurrences(row: Row, term: string): Box[][] {
  const found: Box[][] = [];
  if (term.length < 2) return found;
  for (let at = row.text.indexOf(term); at >= 0; at = row.text.indexOf(term, at + 1)) {
    const first = row.from[at];
    const last = row.from[at + term.length - 1];
    if (row.joined[first] || row.joined[last + 1]) continue;
    found.push(boxesByLine(row.letters.slice(first, last + 1)));
  }
  return found;
}

/** One box per run of letters that stand beside each other. */
function boxesByLine(letters: readonly Letter[]): Box[] {
  const lines: Letter[][] = [];
  for (const letter of letters) {
    const line = lines.at(-1);
    const previous = line?.at(-1);
    if (line && previous && isBeside(previous.box, letter.box)) line.push(letter);
    else lines.push([letter]);
  }
  return lines.map((line) => unite(line.map((letter) => letter.box)));
}

function isBeside(a: Box, b: Box): boolean {
  const size = Math.max(a[3] - a[1], a[2] - a[0], 1);
  const isOnLine = Math.abs(a[1] - b[1]) < size * 0.6 && b[0] - a[2] < size * 3 && b[2] > a[0];
  const isInColumn = Math.abs(a[0] - b[0]) < size * 0.4 && Math.abs(b[1] - a[1]) < size * 3;
  return isOnLine || isInColumn;
}
