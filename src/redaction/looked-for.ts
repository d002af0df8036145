/** Types that identify by themselves: a copy left anywhere is a leak. */
const NUMBERS = new Set(['CPR', 'PHONE', 'BANK_ACCOUNT']);
const IDENTIFIERS = new Set(['EMAIL', 'PLATE', 'USERNAME', 'OTHER_ID']);
/** Shorter texts stand in too many words to be looked for. */
const SHORTEST = 6;
const FEWEST_DIGITS = 8;

/**
 * True when a removed text may stand nowhere else: a whole number, an identifier, a street with its house, a name of two
 * words or more. A first name alone, a floor or a house number may belong to a person who is kept.
 */
export function isLookedFor(text: string, type: string): boolean {
  if (text.length < SHORTEST) return false;
  if (NUMBERS.has(type)) return text.replace(/\D/g, '').length >= FEWEST_DIGITS;
  if (type === 'ADDRESS') return /\p{L}{5,}\D*\d/u.test(text) && text.length >= 10;
  if (type === 'NAME') return /\p{L}{2,}[^\p{L}]+(\p{L}+[^\p{L}]+)*\p{L}{2,}/u.test(text);
  return IDENTIFIERS.has(type) && /[\d@]/.test(text);
}

/** Equal for texts that differ in case, blanks and marks only. */
export function foldedTerm(text: string): string {
  return text.toLowerCase().replace(/[\s.,-]+/g, '');
}
