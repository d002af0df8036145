import { lexicon } from './lexicon';
import { withoutGenitive, type Reading, type Token } from './tokens';
import { NEVER_NAMES } from './vocabulary';

/** `kæresten my`, `hun hedder bo`: a usual first name right after a word that a name follows. */
export function isIntroduced(reading: Reading, token: Token): boolean {
  const before = reading.tokens[token.index - 1];
  if (!before || token.gap !== ' ' || NEVER_NAMES.has(token.folded)) return false;
  return (
    lexicon().isCommonFirstName(token.folded) &&
    /^(?:hedder|hed|kaldet|kæresten?|sønnen|datteren|broren|søsteren|naboen|vennen|veninden)$/.test(before.folded)
  );
}

/** What stands beside a single usual name that is also a word shows that it is a name here, at the head of a sentence, too. */
export function isShownToBeName(reading: Reading, tokens: Token[]): boolean {
  const [first, second] = tokens as [Token, Token | undefined];
  if (!lexicon().isCommonFirstName(withoutGenitive(first.folded)) && !lexicon().isCommonFirstName(first.folded))
    return false;
  // `Lone H.`: the initial of a surname.
  if (second?.text.length === 1) return true;
  return hasBareGenitive(reading, first) || doesWhatPeopleDo(reading, first) || isLabelled(reading, first);
}

/** `Lis' mor`: only names have a genitive without an `s`. */
function hasBareGenitive(reading: Reading, token: Token): boolean {
  const isQuoted = /['’´‘]$/.test(reading.text.slice(Math.max(0, token.start - 1), token.start));
  return /[szx]['’´]$/iu.test(token.text) && !isQuoted && reading.tokens[token.index + 1]?.gap === ' ';
}

/** `My siger nej`, `Liv ringede`: only somebody can do so. */
function doesWhatPeopleDo(reading: Reading, name: Token): boolean {
  if (/^,? ?[–-]? ?som (?:hun|han) kaldes/.test(reading.folded.slice(name.end, name.end + 24).trimStart())) return true;
  const next = reading.tokens[name.index + 1];
  if (next?.gap !== ' ') return false;
  const { folded } = next;
  if (folded === 'holder') return /^(?:ham|hende|hans|hendes)$/.test(reading.tokens[next.index + 1]?.folded ?? '');
  return /^(?:siger|sagde|fortæller|fortalte|mener|oplyser|oplyste|spørger|spurgte|ringede|græder|græd|svarer|svarede|råber|råbte|leger|legede|kender|kendte|ønsker|ønskede|synes|syntes|savner|husker|fylder|bor|boede|føler|griner|sover|elsker|beder|bad|skriver|skrev|ringer|henter|hentede|passer|passede|arbejder|deltager|deltog|hedder|kaldes|oplever|oplevede)$/.test(
    folded,
  );
}

const PERSON_LABEL =
  /(?:kontakt(?:person)?|klager|ejer|lejer|vidne|navn|pårørende|værge|bisidder|deltagere?|til stede|afbud|ansøger|barn|elev|samlever|ægtefælle): $/u;

/** `kontakt: Lone`: the label asks for somebody. */
function isLabelled(reading: Reading, name: Token): boolean {
  return PERSON_LABEL.test(reading.folded.slice(Math.max(0, name.start - 20), name.start));
}

/** Where a name begins: `KM Skov` with the initials that stand for the first names, which are no word and no unit. */
export function withInitialsBefore(reading: Reading, tokens: Token[]): number {
  const [first] = tokens;
  const before = reading.tokens[first!.index - 1];
  if (tokens.length > 1 || !before || first!.gap !== ' ' || reading.lines[first!.line]!.shouts) return first!.start;
  const areInitials = /^\p{Lu}{2}$/u.test(before.text) && !NEVER_NAMES.has(before.folded);
  return areInitials && lexicon().isSurname(first!.folded) ? before.start : first!.start;
}
