import { lexicon } from './lexicon';
import { formsOf, strengthOf, type NameStrength } from './name-strength';
import { isIntroduced, isShownToBeName, withInitialsBefore } from './name-witness';
import type { Reading, Token } from './tokens';
import { COURTESY, isJobTitle, NEVER_NAMES, ORGANISATION, PARTICLES } from './vocabulary';

/** Words that stand together as one name. */
export interface NameRun {
  tokens: Token[];
  start: number;
  end: number;
  /** Folded words in the order first name to last, without a genitive at the end. */
  words: string[];
  /** The title directly before it, folded: `fru`, `læge`. */
  title: string | null;
  /** 0 to 1. */
  confidence: number;
  /** Only one word that is also an ordinary word, where a capital proves nothing. */
  needsWitness: boolean;
}

const LONGEST_RUN = 6;
const NAME_ENDING =
  /(?:sen|sson|dottir|dóttir|gaard|gård|strup|bjerg|holm|lund|quist|kvist|feldt|berg|strøm|ski|ska|wicz|vić|vic|ic|enko|chuk|chuk|escu|yan|ian|zadeh|oglu|ov|ova|ev|eva|nen|iene|aite|mann|toft|dahl|dal|mark|skov|ager|borg|kjær|kær|rup|sted|bo|nes|haug|vang|sz|czyk)$/;

/** Endings of surnames that are compounds of two ordinary words as well; after a first name they are the surname. */
const SURNAME_TAIL =
  /^(?=.{6}).*(?:kilde|bæk|beck|bech|høj|lev|by|vad|huus|kjer|brandt|rød|lind|vig|tved|bakke|hede|krogh?|brink|bjørn|sten|mose|holt|have|ager|eng|lykke|lund|skov|løkke|dam|vold|riis|møller|balle|gren|blad|kvist|ros|born|bo)s?$/;

/** All runs of words that may be names, in order of the text. */
export function findNameRuns(reading: Reading, taken: (start: number, end: number) => boolean): NameRun[] {
  const runs: NameRun[] = [];
  const { tokens } = reading;
  for (let i = 0; i < tokens.length;) {
    if (!canStart(reading, tokens[i]!) || taken(tokens[i]!.start, tokens[i]!.end)) {
      i += 1;
      continue;
    }
    let last = i;
    while (last + 1 < tokens.length && last - i < LONGEST_RUN && continues(reading, tokens[last]!, tokens[last + 1]!))
      last += 1;
    const run = judge(reading, tokens.slice(i, last + 1));
    if (run) runs.push(run);
    i = last + 1;
  }
  return runs;
}

function canStart(reading: Reading, token: Token): boolean {
  if (token.letterCase === 'capital') return true;
  if (token.letterCase === 'upper')
    return (
      token.text.length > 1 &&
      (isShouting(reading, token) || token.text.length > 4 || lexicon().isCommonFirstName(token.folded))
    );
  if (token.letterCase === 'mixed') return /^\p{Lu}/u.test(token.text);
  return isLowerCaseName(reading, token);
}

/** In chat and in file names, names are written small: only words that are nothing else count. */
function isLowerCaseName(reading: Reading, token: Token): boolean {
  if (reading.whispers && isIntroduced(reading, token)) return true;
  if (token.folded.length < 3) return false;
  const inSmallLetters =
    reading.whispers || reading.startsSmall[reading.sentenceOf[token.index]!] || /[_/\\]$/.test(token.gap);
  if (!inSmallLetters) return false;
  const known = lexicon();
  // Dictation has no capitals at all: there a word that is no Danish word in any form is taken for a name.
  if (reading.whispers && isNoDanishWord(token.folded)) return true;
  return (
    formsOf(token.folded).some((word) => known.isCommonFirstName(word)) &&
    !formsOf(token.folded).some((word) => known.isWord(word) || NEVER_NAMES.has(word))
  );
}

function isNoDanishWord(word: string): boolean {
  const known = lexicon();
  return (
    looksForeign(word) &&
    !word.includes('-') &&
    !known.isPlace(word) &&
    !formsOf(word).some((form) => known.isWord(form))
  );
}

function isShouting(reading: Reading, token: Token): boolean {
  return reading.lines[token.line]!.shouts;
}

function continues(reading: Reading, token: Token, next: Token): boolean {
  if ((next.gap === '.' || next.gap === '_' || next.gap === '-') && token.letterCase === 'lower')
    return next.letterCase === 'lower' && next.text.length > 1 && isLowerSurname(next);
  if (next.gap === '.' || next.gap === '. ')
    return token.text.length === 1 && /^\p{Lu}/u.test(next.text) && !next.opensLine;
  if (next.gap === ', ' || next.gap === ',') return isSurnameFirst(reading, token, next);
  if (isNickname(reading, token, next) || isNickname(reading, reading.tokens[token.index - 1], token)) return true;
  if (next.gap !== ' ' && next.gap !== '_') return false;
  if (next.text.length === 1 && !PARTICLES.has(next.folded)) return /^\p{Lu}$/u.test(next.text);
  if (isShouting(reading, token) && strengthOf(next) === 'none') return false;
  if (token.letterCase === 'lower')
    return (
      next.letterCase === 'lower' &&
      (isLowerCaseName(reading, next) || isLowerSurname(next) || isForeignParticle(reading, next))
    );
  if (PARTICLES.has(next.folded) && next.letterCase === 'lower') {
    const after = reading.tokens[next.index + 1];
    return after?.gap === ' ' && after.letterCase === 'capital' && strengthOf(token) !== 'none';
  }
  return /^\p{Lu}/u.test(next.text);
}

/** `Jens "Basse" Lund`: a name in marks between a first name and a surname. */
function isNickname(reading: Reading, before: Token | undefined, token: Token): boolean {
  if (!before || !/^ ["»“”']$/.test(token.gap) || before.letterCase !== 'capital') return false;
  const after = reading.tokens[token.index + 1];
  const isClosed = after !== undefined && /^["«”“'] $/.test(after.gap) && after.letterCase === 'capital';
  return isClosed && token.letterCase === 'capital' && strengthOf(before) !== 'none' && strengthOf(after) !== 'none';
}

/** A small word that ends as no Danish inflection does. */
function looksForeign(word: string): boolean {
  return word.length > 4 && !/(?:t|te|de|er|en|et|ne|re|es|ing|ig|sk)$/.test(word);
}

/** `mohammed al khatib`: a particle within a name that is written small. */
function isForeignParticle(reading: Reading, token: Token): boolean {
  const after = reading.tokens[token.index + 1];
  return PARTICLES.has(token.folded) && after?.gap === ' ' && isLowerSurname(after);
}

function isLowerSurname(token: Token): boolean {
  const known = lexicon();
  return (
    token.folded.length > 2 &&
    (known.isSurname(token.folded) || known.isFirstName(token.folded) || looksForeign(token.folded)) &&
    !formsOf(token.folded).some((word) => known.isWord(word) || NEVER_NAMES.has(word))
  );
}

/** `JENSEN, KIM BO` and `Nguyen, Van Minh`: surname, comma, first name. */
function isSurnameFirst(reading: Reading, token: Token, next: Token): boolean {
  if ((next.letterCase !== token.letterCase && next.text.length > 1) || next.opensLine) return false;
  if (/[AEGI]\/[BFS] $/.test(reading.text.slice(Math.max(0, token.start - 4), token.start))) return false;
  if (NEVER_NAMES.has(next.folded) || isWholeName(reading, token, next)) return false;
  const known = lexicon();
  const before = !/^, ?$/.test(token.gap);
  const isLast =
    known.isSurname(token.folded) ||
    NAME_ENDING.test(token.folded) ||
    strengthOf(token) === 'unknown' ||
    isShouting(reading, token);
  const isFirst =
    known.isFirstName(next.folded) ||
    (next.text.length === 1 && /^[.\s]/.test(reading.text.slice(next.end, next.end + 1)));
  const isTableRow =
    isShouting(reading, token) &&
    /^(?: \p{Lu}[\p{L}.]*){0,2} +\d{6}/u.test(reading.text.slice(next.end, next.end + 60));
  if (before && isTableRow) return true;
  if (!before || !isLast || !isFirst) return false;
  const afterRun = reading.text.slice(next.end, next.end + 30);
  const beforeRun = reading.text.slice(Math.max(0, token.start - 12), token.start);
  return (
    isShouting(reading, token) ||
    /^(?:[ \t]+\p{Lu}[\p{L}.]*){0,2}[ \t]*(?:[\t(]|\d|[ ]{2}|$|\n|,[ ]?\d|\.?[»“"])/u.test(afterRun) ||
    /(?:navn|pt\.?|brg\.?|beboer|=|")[: "]*$/i.test(beforeRun)
  );
}

/** `Rolighed, Claus-Henrik Bang Olufsen`: a whole name stands after the comma, so what is before it is something else. */
function isWholeName(reading: Reading, token: Token, next: Token): boolean {
  const third = reading.tokens[next.index + 1];
  const fourth = reading.tokens[next.index + 2];
  const last = fourth && fourth.gap === ' ' && fourth.letterCase === 'capital' ? fourth : third;
  if (isShouting(reading, token) || !last || third!.gap !== ' ' || last.letterCase !== 'capital') return false;
  const known = lexicon();
  return (known.isSurname(last.folded) || NAME_ENDING.test(last.folded)) && !known.isSurname(token.folded);
}

function judge(reading: Reading, gathered: Token[]): NameRun | null {
  let tokens = gathered;
  let title: string | null = null;
  // Titles and ordinary words at the head of the run are not part of the name.
  while (tokens.length > 0 && isHeadToDrop(tokens) && !isNamedAfterKin(reading, tokens) && !isCalled(reading, tokens)) {
    const word = tokens[0]!.folded;
    title = isJobTitle(word) || COURTESY.has(word) ? word : null;
    tokens = tokens.slice(1);
  }
  const organisationAt = tokens.findIndex((token, at) => (at > 0 || tokens.length === 1) && isOrganisationWord(token));
  if (organisationAt !== -1) return null;
  while (tokens.length > 1 && isTailToDrop(tokens)) tokens = tokens.slice(0, -1);
  if (tokens.length === 0) return null;
  title ??= titleBefore(reading, tokens[0]!);
  return weigh(reading, tokens, title);
}

function isNamedAfterKin(reading: Reading, tokens: Token[]): boolean {
  const head = tokens[0]!;
  const isTitle = isJobTitle(head.folded) || COURTESY.has(head.folded) || NEVER_NAMES.has(head.folded);
  return !isTitle && tokens.length === 1 && isAfterKin(reading, head, tokens);
}

/** `kaldet Bà Lan`: every word of it is said to be the name. */
function isCalled(reading: Reading, [head, next]: Token[]): boolean {
  return (
    next !== undefined &&
    strengthOf(next) === 'strong' &&
    /^(?:kaldet|kaldes)$/.test(reading.tokens[head!.index - 1]?.folded ?? '')
  );
}

function isHeadToDrop(tokens: Token[]): boolean {
  const [head, next] = tokens as [Token, Token | undefined];
  if (isJobTitle(head.folded) || COURTESY.has(head.folded)) return true;
  if (strengthOf(head) === 'none' && head.text.length > 1) return true;
  // `Storm Kjær` is a name, `Line ringede` never gets here, `Dag Sol` is left whole.
  return head.text.length === 1 && next === undefined;
}

function isTailToDrop(tokens: Token[]): boolean {
  const tail = tokens.at(-1)!;
  if (tail.text.length === 1 || tail.gap.startsWith(',')) return false;
  return (
    PARTICLES.has(tail.folded) ||
    (strengthOf(tail) === 'none' && !NAME_ENDING.test(tail.folded) && !isSurnameAfterFirstName(tokens)) ||
    NEVER_NAMES.has(tail.folded)
  );
}

function isSurnameAfterFirstName(tokens: Token[]): boolean {
  const [before, tail] = tokens.slice(-2) as [Token, Token];
  return lexicon().isFirstName(before.folded) && tail.letterCase === 'capital' && SURNAME_TAIL.test(tail.folded);
}

/** A word that makes the name it is in an institution's or a firm's. */
export function isOrganisationWord(token: Token): boolean {
  return (
    ORGANISATION.has(token.folded) ||
    /(?:skolen|centret|centeret|huset|kirken|foreningen|selskabet|gruppen|registret|styrelsen|nævnet|ministeriet|teamet|afdelingen|portalen)$/.test(
      token.folded,
    )
  );
}

function titleBefore(reading: Reading, first: Token): string | null {
  const before = reading.tokens[first.index - 1];
  if (!before || !/^[. ]{1,2}$/.test(first.gap)) return null;
  // `til børnelæge. Vang kom`: a title that is written out ends its sentence; only a shortened one goes on.
  if (first.gap.startsWith('.') && before.folded.length > 4 && lexicon().isWord(before.folded)) return null;
  return isJobTitle(before.folded) || COURTESY.has(before.folded) ? before.folded : null;
}

function weigh(reading: Reading, tokens: Token[], title: string | null): NameRun | null {
  const strengths = tokens.map(strengthOf);
  const [first, last] = [tokens[0]!, tokens.at(-1)!];
  if (isFirmOrStreet(reading, first, last)) return null;
  const hasName = strengths.some((strength) => strength === 'strong');
  const hasDoubt = strengths.some((strength) => strength === 'ambiguous');
  const full = tokens.filter((token) => token.text.length > 1);
  const atOpening = (first.opensSentence || first.opensLine) && !title;
  const isSurnameLike = full.some((token) => NAME_ENDING.test(token.folded));
  const run = (confidence: number, needsWitness = false): NameRun => ({
    tokens,
    start: withInitialsBefore(reading, tokens),
    end: last.end + lengthOfTail(reading, last),
    words: [...(isGenerationNamed(reading, last) ? ['senior'] : []), ...wordsInOrder(tokens)],
    title,
    confidence,
    needsWitness,
  });
  if (title && full.length > 0 && !lexicon().isPlace(first.folded)) return run(0.9);
  if (isAfterKin(reading, first, full) || (full.length > 0 && isGenerationNamed(reading, last))) return run(0.8);
  if (hasInitialFirst(reading, tokens, strengths)) return run(0.8);
  if (hasName) return isPlaceAfterPreposition(reading, tokens) ? null : run(full.length > 1 ? 0.95 : 0.85);
  const hasComma = tokens.some((token, at) => at > 0 && token.gap.startsWith(','));
  if (hasComma) return run(0.8);
  if (isShouting(reading, first)) return hasDoubt && full.length > 1 ? run(0.6) : hasDoubt ? run(0.4, true) : null;
  if (hasDoubt && full.length > 1) return isPlaceAfterPreposition(reading, tokens) ? null : run(0.7);
  if (hasDoubt && full.length === 1 && isShownToBeName(reading, tokens)) return run(0.75);
  if (hasDoubt) return run(0.6, atOpening || isPlaceAfterPreposition(reading, tokens));
  if (strengths.every((strength) => strength === 'unknown') && full.length > 0 && first.letterCase !== 'upper') {
    if (isPlaceAfterPreposition(reading, tokens) || full.every((token) => lexicon().isPlace(token.folded))) return null;
    if (full.length === 1 && (atOpening || full[0]!.text.length < 3)) return run(0.3, true);
    return run(isSurnameLike || full.length > 1 ? 0.7 : 0.5);
  }
  return null;
}

/** The point of a last initial, and `senior`, `jun.` which tell father and son apart. */
function lengthOfTail(reading: Reading, last: Token): number {
  if (last.text.length === 1 && reading.text[last.end] === '.')
    return /^\.s(?!\p{L})/u.test(reading.text.slice(last.end, last.end + 3)) ? 2 : 1;
  return (
    /^ (?:senior|junior|sen\.|jun\.|sr\.|jr\.)(?!\p{L})/iu.exec(reading.text.slice(last.end, last.end + 9))?.[0]
      .length ?? 0
  );
}

/** Father or son of the same name: somebody else than the one who is called so without it. */
function isGenerationNamed(reading: Reading, last: Token): boolean {
  return last.text.length > 1 && lengthOfTail(reading, last) > 0;
}

const KIN_BEFORE =
  /(?:^|[\s(,"»])(?:(?:døtre(?:ne)?|sønner(?:ne)?|tvillinger(?:ne)?|søskende|drenge(?:ne)?|piger(?:ne)?),|fam\.|familien|ægteparret|søskendeparret|brødrene|søstrene|tvillingerne|(?:svigerd|stedd|d)atter(?:en)?|(?:steds|svigers|s)øn(?:nen)?|kone|hustru|ægtefælle|samlever|kæreste(?:n)?|søster|bror|broder|moster|faster|onkel|tante|kusine|fætter|niece|nevø|veninde(?:n)?|ven(?:nen)?|kammerat|nabo(?:en)?|mormor|farmor|morfar|farfar|mor|far|ex|eks) $/u;

/** `svigerdatter Nok`, `hans bror Bo`: after a word for a relation a capital makes a name of any word. */
function isAfterKin(reading: Reading, first: Token, full: Token[]): boolean {
  const isWritten = first.letterCase === 'capital' || (isShouting(reading, first) && full.length === 1);
  if (!/^\.? $/.test(first.gap) || !isWritten || full.length === 0 || lexicon().isPlace(first.folded)) return false;
  if (isShouting(reading, first) && !lexicon().isCommonFirstName(first.folded)) return false;
  return KIN_BEFORE.test(reading.folded.slice(Math.max(0, first.start - 18), first.start));
}

/** `M. Storm`, `T. Mahmood`: an initial with its point makes a name of what follows. */
function hasInitialFirst(reading: Reading, tokens: Token[], strengths: NameStrength[]): boolean {
  const [first] = tokens;
  const isInitialsOnly = tokens.every((token) => token.text.length === 1);
  if (isInitialsOnly || first!.text.length !== 1 || reading.text[first!.end] !== '.') return false;
  return tokens.every((token, at) => token.text.length === 1 || strengths[at] !== 'none');
}

function wordsInOrder(tokens: Token[]): string[] {
  const comma = tokens.findIndex((token, at) => at > 0 && token.gap.startsWith(','));
  const ordered = comma === -1 ? tokens : [...tokens.slice(comma), ...tokens.slice(0, comma)];
  return ordered.map((token) => token.folded);
}

/** What stands around the words makes them a firm's, an institution's or a street's. */
export function isFirmOrStreet(reading: Reading, first: Token, last: Token): boolean {
  const after = reading.text.slice(last.end, last.end + 14);
  if (/^ (?:& |A\/S|ApS|I\/S|og Søn)|^\n(?:Plads|Gade|Vej|Allé|Torv|Stræde|Vænge)(?!\p{L})/u.test(after)) return true;
  if (
    /(?<!\p{L})(?:A\/B|A\/S|I\/S|E\/F|G\/F) ?$|(?<!\p{L})[AEGI]\/$/u.test(
      reading.text.slice(Math.max(0, first.start - 5), first.start),
    )
  )
    return true;
  if (/(?:vej|gade|alle|allé|stræde|vænge|vænget|torv|plads)$/.test(last.folded) && last.folded.length > 5) return true;
  if (/(?:Sct|Skt|Sankt)\.? $/.test(reading.text.slice(Math.max(0, first.start - 7), first.start))) return true;
  const before = reading.tokens[first.index - 1];
  return (
    before !== undefined &&
    first.gap === ' ' &&
    ORGANISATION.has(before.folded) &&
    (!before.opensSentence || /(?:huset|centret|centeret|haven)$/.test(before.folded)) &&
    before.letterCase !== 'lower'
  );
}

/** None of the words is a usual name. */
function isUnknown(tokens: Token[]): boolean {
  const known = lexicon();
  return tokens.every((token) => !known.isCommonFirstName(token.folded) && !known.isSurname(token.folded));
}

/** `i Hobro`, `født i Aarup`: the words name a place. */
export function isPlaceAfterPreposition(reading: Reading, tokens: Token[]): boolean {
  const before = reading.tokens[tokens[0]!.index - 1];
  const known = lexicon();
  const isPlace =
    known.isPlace(tokens.map((token) => token.folded).join(' ')) ||
    (tokens.length === 1 && known.isPlace(tokens[0]!.folded));
  const origin = reading.folded.slice(Math.max(0, tokens[0]!.start - 16), tokens[0]!.start);
  if (
    /(?:er|var|kommer|kom|født|stammer|flygtet|flyttet|rejst|opvokset)\s(?:fra|til|i)\s$/.test(origin) &&
    isUnknown(tokens)
  )
    return true;
  if (before && tokens[0]!.gap === ' ' && /^(?:i|på|ved|til|fra|nær|mod|omkring)$/.test(before.folded)) {
    return (
      isPlace ||
      (tokens.length === 1 && strengthOf(tokens[0]!) === 'unknown' && /^(?:i|på|ved|mod)$/.test(before.folded))
    );
  }
  return isPlace && /\d{4} $/.test(reading.text.slice(Math.max(0, tokens[0]!.start - 5), tokens[0]!.start));
}
