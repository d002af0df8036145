import type { Finding } from '../finding';
import { figuresIn, NUMBER_WORD } from './number-words';

// Dictation holds hesitations and corrections within a number.
const BETWEEN = '(?:[ ,.–-]{1,3}(?:(?:øh|nej|og) ){0,2})';
const PART = `(?:${NUMBER_WORD}|\\d{1,4})(?![\\p{L}\\p{N}])`;
const SPOKEN = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:reg(?:\\.|nr)? )?${PART}(?:${BETWEEN}(?:konto ${BETWEEN}?)?${PART}){3,15}`,
  'gu',
);
const FEWEST_FIGURES = 7;
const CPR_WORD = /(?:cpr|personn\p{L}*|født)[^\n]{0,12}$/u;
const ACCOUNT_WORD = /(?:konto|reg\p{L}*)[^\n]{0,12}$/u;

/**
 * Numbers written in words, whole or in part, as in dictation or by people who write them out: at least seven figures of
 * which at least one is a word. What kind it is shows from the word before; without one it is taken for a phone number.
 */
export function findSpokenNumbers(folded: string): Finding[] {
  const found: Finding[] = [];
  for (const match of folded.matchAll(SPOKEN)) {
    const words = match[0].match(/\p{L}+/gu) ?? [];
    const counted = words.filter((word) => new RegExp(`^${NUMBER_WORD}$`, 'u').test(word));
    const figures = counted.reduce((sum, word) => sum + figuresIn(word), 0) + (match[0].match(/\d/g)?.length ?? 0);
    if (counted.length === 0 || figures < FEWEST_FIGURES) continue;
    const before = folded.slice(Math.max(0, match.index - 24), match.index);
    found.push({
      start: match.index,
      end: match.index + match[0].length,
      type: kindOf(before, match[0]),
      confidence: 0.8,
      value: match[0].replace(/[^\p{L}\p{N}]+/gu, ' '),
    });
  }
  return found;
}

function kindOf(before: string, spoken: string): Finding['type'] {
  if (CPR_WORD.test(before)) return 'CPR_PARTIAL';
  return /^reg|konto/.test(spoken) || ACCOUNT_WORD.test(before) ? 'BANK_ACCOUNT' : 'PHONE';
}
