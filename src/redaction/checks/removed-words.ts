import type { AbsentTerm } from '../../contracts';
import { drawnTerms } from '../drawn-terms';
import { isLookedFor } from '../looked-for';
import { wordsOf } from './belonging';

/** A passage that goes, as the check across documents compares it. */
export interface RemovedPassage {
  fileId: string;
  /** From 0. */
  page: number;
  text: string;
  type: string;
  party: string | null;
  groundId: string | null;
  role: string;
  isDrawn: boolean;
  /** The program proposed to remove it too. */
  isAsProposed: boolean;
}

/** What of a removed passage is looked for elsewhere. */
export interface SoughtTerm {
  term: AbsentTerm;
  /**
   * One word of a name: other people may bear it, so it is judged by its surroundings. A last name is sought in titles only,
   * since on a page it names the whole family.
   */
  part: 'first' | 'last' | null;
  /** Every word of the name that the part is taken from, folded. */
  fullName: ReadonlySet<string>;
  from: RemovedPassage;
}

const SHORTEST_FIRST_NAME = 3;
const SHORTEST_LAST_NAME = 5;

/**
 * Numbers, addresses and whole names, and the part of a name by which a removed person would be called elsewhere. One entry a
 * term and person: the first passage stands for all.
 *
 * @param keptWords folded words of the names of those who are kept: a part that they share is not looked for
 */
export function soughtTerms(removed: RemovedPassage[], keptWords: ReadonlySet<string>): SoughtTerm[] {
  const sought = new Map<string, SoughtTerm>();
  for (const from of removed) {
    for (const each of termsOf(from)) {
      if (each.part !== null && keptWords.has(foldedWord(each.term.text))) continue;
      const key = `${from.party ?? ''}:${each.part}:${each.term.type ?? ''}:${each.term.text.toLowerCase()}`;
      if (!sought.has(key)) sought.set(key, { ...each, from });
    }
  }
  return [...sought.values()];
}

export function foldedWord(word: string): string {
  return word.toLowerCase().normalize('NFC');
}

function termsOf(passage: RemovedPassage): Omit<SoughtTerm, 'from'>[] {
  const { text, type, isDrawn } = passage;
  const whole = text.trim();
  const terms = isDrawn ? drawnTerms(whole, type) : isLookedFor(whole, type) ? [{ text: whole, type }] : [];
  const direct = terms.map((term) => ({ term, part: null, fullName: new Set<string>() }));
  // A name over two lines may be two things that stand below each other.
  if ((type !== 'NAME' && !terms.some((term) => term.type === 'NAME')) || whole.includes('\n')) return direct;
  const words = wordsOf(whole);
  const fullName = new Set(words.map(foldedWord));
  const [first, ...others] = /,\s/.test(whole) ? wordsOf(whole.slice(whole.indexOf(',') + 1)) : words;
  const parts: Omit<SoughtTerm, 'from'>[] = [];
  if (isCalledBy(first, SHORTEST_FIRST_NAME) && (words.length > 1 || isDrawn))
    parts.push({ term: { text: first, type: 'NAME' }, part: 'first', fullName });
  const last = others.at(-1);
  if (isCalledBy(last, SHORTEST_LAST_NAME)) parts.push({ term: { text: last, type: 'NAME' }, part: 'last', fullName });
  return [...direct, ...parts];
}

function isCalledBy(word: string | undefined, shortest: number): word is string {
  return word !== undefined && word.length >= shortest && /^\p{Lu}/u.test(word);
}
