/** Danish number words as people say a number in figures or in pairs: `otte tre`, `toogfyrre`, `nul fem`. */
const UNIT = 'nul|en|et|to|tre|fire|fem|seks|syv|otte|ni';
const TEEN = 'ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten|nitten';
const TENS = 'tyve|tredive|tredve|fyrre|halvtreds|tres|halvfjerds|firs|halvfems';

/** A pattern for one number word below a hundred; longest first. */
export const NUMBER_WORD = `(?:(?:${UNIT})og(?:${TENS})|${TEEN}|${TENS}|${UNIT})`;

const UNITS = new Set(UNIT.split('|'));

/** How many figures a number word stands for: `fem` one, `femten` two. */
export function figuresIn(word: string): number {
  return UNITS.has(word) ? 1 : 2;
}
