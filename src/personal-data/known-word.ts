import { fold } from './folding';
import { lexicon } from './lexicon';

/** True for an ordinary Danish word, a name or a place, in any case. The dictionary does not know other languages. */
export function isKnownWord(word: string): boolean {
  const folded = fold(word);
  const known = lexicon();
  return known.isWord(folded) || known.isFirstName(folded) || known.isSurname(folded) || known.isPlace(folded);
}
