import type { AbsentTerm } from '../../contracts';
import { foldText, isWordCharacter } from './folded-text';
import { PatternTree, type Pattern } from './pattern-tree';

/** Where a text matched. `term` is an index into the list; the offsets are UTF-16 units of the text that was searched. */
export interface TermHit {
  term: number;
  start: number;
  end: number;
  /** True when only a part of a name matched (one of several words). */
  part: boolean;
}

/**
 * `text`: what people read. `structure`: file syntax, where numbers stand beside numbers by chance, so that a match may be
 * broken only by single characters and short terms are not sought.
 */
export type SearchMode = 'text' | 'structure';

/**
 * The ways in which a term may be written that folding does not make equal: a name with its last word first, a phone
 * number with and without country code, and everything backwards.
 */
export function spellings(term: AbsentTerm | string): string[] {
  const { text, type } = typeof term === 'string' ? { text: term, type: undefined } : term;
  const found = new Set([text.trim()]);
  const digits = isNumber(text) ? text.replace(/\D/g, '') : '';
  if (digits !== '') {
    const local = digits.replace(/^(?:0045|45)(?=\d{8}$)/, '');
    found.add(digits).add(local);
    if (local.length === 8) found.add(`45${local}`).add(`0045${local}`);
    if (digits.length === 10) found.add(`${digits.slice(0, 6)}-${digits.slice(6)}`);
  }
  const words = text.trim().split(/\s+/);
  if (words.length > 1 && digits === '' && (type === undefined || type === 'NAME')) {
    found.add(`${words[words.length - 1]}, ${words.slice(0, -1).join(' ')}`);
  }
  for (const spelling of [...found]) {
    if (foldText(spelling).letters.length >= 5) found.add([...spelling].reverse().join(''));
  }
  return [...found].filter((spelling) => spelling !== '');
}

/** A long number is written in at most so many groups. */
const MOST_PARTS = 5;

/** Seeks many terms in many texts; build it once. */
export class TermSearch {
  /** Terms of a single letter or digit: they can be judged under boxes only. */
  readonly unsearchable: number[] = [];
  private readonly tree = new PatternTree();

  constructor(readonly terms: readonly AbsentTerm[]) {
    terms.forEach((term, index) => this.add(term, index));
    this.tree.finish();
  }

  private add(term: AbsentTerm, index: number): void {
    if (foldText(term.text, false).letters.length < 2) {
      this.unsearchable.push(index);
      return;
    }
    for (const spelling of spellings(term)) {
      const number = isNumber(spelling);
      for (const letters of foldings(spelling)) this.tree.add(patternOf(letters, spelling, index, number, false));
    }
    if (term.type !== 'NAME') return;
    const words = term.text.split(/[\s,.-]+/).filter((word) => foldText(word).letters.length >= 4);
    if (words.length === 1 && words[0] === term.text.trim()) return;
    for (const word of words) {
      for (const letters of foldings(word)) this.tree.add(patternOf(letters, word, index, false, true));
    }
  }

  /** Every match, at most one for the same term and start. `parts` adds single words of names. */
  find(text: string, mode: SearchMode = 'text', parts = false): TermHit[] {
    if (this.terms.length === 0 || text === '') return [];
    const folded = foldText(text);
    const found = new Map<string, TermHit>();
    this.tree.match(folded.letters, (pattern, first, last) => {
      if (pattern.part && !parts) return;
      const start = folded.starts[first] as number;
      const end = folded.ends[last] as number;
      if (!isWritten(pattern, text, folded.starts, folded.ends, first, last, mode)) return;
      const key = `${pattern.term}:${start}`;
      const known = found.get(key);
      if (known === undefined || (known.part && !pattern.part)) {
        found.set(key, { term: pattern.term, start, end, part: pattern.part });
      }
    });
    return [...found.values()];
  }
}

/** Matches of the terms in a text. For many texts keep one {@link TermSearch}. */
export function termsInText(text: string, terms: readonly AbsentTerm[]): TermHit[] {
  return new TermSearch(terms).find(text);
}

/** Blanks removed or letters set apart change what `aa`, `ae`, `oe` look like, so each way is a pattern of its own. */
function foldings(spelling: string): Set<string> {
  return new Set([
    foldText(spelling).letters,
    foldText(spelling.replace(/[^\p{L}\p{N}]/gu, '')).letters,
    foldText(spelling, false).letters,
  ]);
}

function patternOf(letters: string, spelling: string, term: number, number: boolean, part: boolean): Pattern {
  const initials = !number && letters.length <= 3;
  return {
    term,
    letters,
    part,
    number,
    exact: initials ? spelling : undefined,
    gap: initials || (number && letters.length < 6) ? 0 : 6,
    boundary: number ? letters.length < 10 : letters.length < 8 || part,
    weak: number ? letters.length < 6 : letters.length < 5,
  };
}

function isWritten(
  pattern: Pattern,
  text: string,
  starts: number[],
  ends: number[],
  first: number,
  last: number,
  mode: SearchMode,
): boolean {
  if (mode === 'structure' && pattern.weak) return false;
  let parted = 0;
  const gap = mode === 'structure' ? Math.min(1, pattern.gap) : pattern.gap;
  for (let i = first + 1; i <= last; i += 1) {
    const from = ends[i - 1] as number;
    const width = (starts[i] as number) - from;
    if (width > gap) return false;
    // A blank or a full stop between digits is how coordinates are written; no coordinates are as long as an account.
    if (mode === 'structure' && pattern.number && width > 0 && /[\s.]/.test(text.charAt(from))) parted += 1;
  }
  if (parted > 0 && (pattern.letters.length < 10 || parted > MOST_PARTS)) return false;
  const start = starts[first] as number;
  const end = ends[last] as number;
  if (pattern.exact !== undefined && text.slice(start, end) !== pattern.exact) return false;
  if (!pattern.boundary && mode === 'text') return true;
  return !isSame(text.charAt(start - 1), pattern) && !isSame(afterGenitive(text, end, pattern), pattern);
}

function isSame(neighbour: string, pattern: Pattern): boolean {
  return pattern.number ? /\d/.test(neighbour) : isWordCharacter(neighbour);
}

/** "Mettes" is a hit on "Mette". */
function afterGenitive(text: string, end: number, pattern: Pattern): string {
  const next = text.charAt(end);
  return !pattern.number && pattern.letters.length > 3 && /s/i.test(next) ? text.charAt(end + 1) : next;
}

function isNumber(text: string): boolean {
  return /\d/.test(text) && !/\p{L}/u.test(text);
}
