import type { Box, JudgedHit, Word } from '../../contracts';
import { isAllowed, type PageRules } from './page-checks';
import type { TermSearch } from './terms';
import { share } from './transform';

/** What a reading program saw on a page before anything was removed from it. */
export interface ReadBefore {
  text: string;
  words: readonly Word[];
}

/** A word that a cover hides from here on cannot be read any more. */
const GONE = 0.7;
/** A reading program places words less exactly than the page does. */
const SLACK = 3;

/**
 * Judges a page that looks as it did, but for its covers, by what was read on it before: the program would read the same
 * again. Gives the places that a decision keeps; undefined when a term may still be there, and the program must read.
 */
export function judgeReadBefore(
  page: number,
  { text, words }: ReadBefore,
  search: TermSearch,
  rules: PageRules,
): JudgedHit[] | undefined {
  const left = words.filter(({ box }) => coveredShare(box, rules.boxes) < GONE);
  let rest = '';
  let end = 0;
  const placed = left.map((word) => {
    if (rest !== '') rest += text.slice(end, word.start).includes('\n') ? '\n' : ' ';
    end = word.end;
    rest += word.text;
    return { box: word.box, start: rest.length - word.text.length, end: rest.length };
  });
  const hits = search.find(rest).map(({ term, start, end: last }): JudgedHit => {
    const boxes = placed.filter((word) => word.start < last && word.end > start).map(({ box }) => box);
    const { decision, allowed } = isAllowed(page, boxes, rules, SLACK);
    return { check: 'ocr', page, box: boxes[0], term, verdict: allowed ? 'kept' : 'leak', decision };
  });
  return hits.every(({ verdict }) => verdict === 'kept') ? hits : undefined;
}

function coveredShare(word: Box, boxes: readonly Box[]): number {
  return Math.max(0, ...boxes.map((box) => share(word, box)));
}
