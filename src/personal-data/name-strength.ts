import { lexicon } from './lexicon';
import { withoutGenitive, type Token } from './tokens';
import { NEVER_NAMES } from './vocabulary';

/** How much a single word speaks for being a name. */
export type NameStrength = 'strong' | 'ambiguous' | 'unknown' | 'none';

const judged = new Map<string, NameStrength>();
const MOST_REMEMBERED = 40_000;

/** What a capitalised (or, in texts without capitals, any) word says about being a name. */
export function strengthOf(token: Token): NameStrength {
  const inside = isInside(token);
  const key = inside ? `+${token.folded}` : token.folded;
  const before = judged.get(key);
  if (before) return before;
  const strength = strengthOfWord(token.folded, inside);
  if (judged.size >= MOST_REMEMBERED) judged.clear();
  judged.set(key, strength);
  return strength;
}

function strengthOfWord(folded: string, inside: boolean): NameStrength {
  const known = lexicon();
  if (NEVER_NAMES.has(folded) || NEVER_NAMES.has(folded.split('-')[0]!)) return 'none';
  let strength: NameStrength = 'unknown';
  for (const word of formsOf(folded)) {
    const isOrdinary = known.isWord(word) || NEVER_NAMES.has(word);
    const isName =
      known.isCommonFirstName(word) || known.isSurname(word) || (word.length > 2 && known.isFirstName(word));
    if (isName && !isOrdinary) return 'strong';
    if (isName && (known.isCommonFirstName(word) || known.isSurname(word) || inside)) strength = 'ambiguous';
    else if (isOrdinary && strength === 'unknown') strength = 'none';
  }
  if (strength === 'none' && folded.includes('-')) return strengthOfHyphenated(folded);
  return strength;
}

/** A capital inside a sentence says more than one at its head. */
function isInside(token: Token): boolean {
  return token.letterCase === 'capital' && !token.opensSentence && !token.opensLine && !/\d\. $/.test(token.gap);
}

/** The word, and the word without its genitive. */
export function formsOf(folded: string): string[] {
  const bare = withoutGenitive(folded);
  return bare === folded ? [folded] : [folded, bare];
}

function strengthOfHyphenated(folded: string): NameStrength {
  const known = lexicon();
  return folded.split('-').every((part) => known.isCommonFirstName(part) || known.isSurname(part)) ? 'strong' : 'none';
}
