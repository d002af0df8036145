import { lexicon } from '../lexicon';
import { isFirmOrStreet, isOrganisationWord, isPlaceAfterPreposition, type NameRun } from '../name-runs';
import { withoutGenitive, type Reading, type Token } from '../tokens';
import { COURTESY, isJobTitle, NEVER_NAMES } from '../vocabulary';
import { LIKELY_FROM, namesIn, trainedNames, type NameProbabilities } from './name-model';
import { WORLD_PLACES } from './world-places';

/** From here on a name that only the model sees is proposed; see docs/detection.md for how it was chosen. */
export const PROPOSE_IN_FILES_FROM = 0.2;
/** An ordinary word must be this likely, for the model has seen few of them. */
const ORDINARY_FROM = 0.95;

/** Up to here a rule says only that the word is written like a name and is no other word that is known. */
const GUESSED = 0.7;
/** A guess of the rules is dropped when the model gives every word of it less than this. */
const DOUBT_BELOW = 0.02;

/**
 * The rules' names, and those that only the trained model sees.
 * @param taken tells whether a place belongs to a number, an address or the like
 */
export function withModelNames(
  reading: Reading,
  ruled: NameRun[],
  taken: (start: number, end: number) => boolean,
  threshold = PROPOSE_IN_FILES_FROM,
): NameRun[] {
  const isRuled = new Uint8Array(reading.tokens.length);
  for (const { tokens } of ruled) for (const { index } of tokens) isRuled[index] = 1;
  const probabilities = trainedNames().probabilities(reading, 'case file', (from, to) =>
    reading.tokens.slice(from, to).some((token) => isRuled[token.index] === 1 || mayNameSomebody(token)),
  );
  const runs = ruled
    .filter((run) => !isDoubtful(run, probabilities))
    .map((run) => lengthened(reading, run, probabilities));
  const covered = new Uint8Array(reading.tokens.length);
  for (const { tokens } of runs) for (const { index } of tokens) covered[index] = 1;
  const open: NameProbabilities = {
    ...probabilities,
    person: probabilities.person.map((chance, at) => (covered[at] ? 0 : chance)),
  };
  for (const { from, to, probability } of namesIn(reading, open, threshold)) {
    const proposed = reading.tokens.slice(from, to);
    if (isPlaceAfterPreposition(reading, proposed)) continue;
    const tokens = trimmed(proposed, probability);
    if (tokens.length === 0 || taken(tokens[0]!.start, tokens.at(-1)!.end)) continue;
    if (!isInstitution(reading, tokens)) runs.push(runOf(tokens, probability));
  }
  return runs.sort((a, b) => a.start - b.start);
}

/** Any word but an ordinary one that stands small or at the head of its sentence: the model is asked only for these. */
function mayNameSomebody(token: Token): boolean {
  return !isOrdinary(token) || (token.letterCase !== 'lower' && !token.opensSentence && mayBeName(token, 1));
}

/** The rules only guessed, and no word of it looks like a name to the model. */
function isDoubtful({ tokens, title, confidence }: NameRun, { person }: NameProbabilities): boolean {
  const isPlace = !title && tokens.every(({ folded }) => isPlaceAbroad(folded));
  if (isPlace && tokens.every(({ index }) => person[index]! < ORDINARY_FROM)) return true;
  return confidence <= GUESSED && !title && tokens.every(({ index }) => person[index]! < DOUBT_BELOW);
}

/** The rule's name with the words right beside it of which the model is sure that they belong to it. */
function lengthened(reading: Reading, run: NameRun, { person, begins }: NameProbabilities): NameRun {
  if (run.tokens.some(({ gap }, at) => at > 0 && gap.startsWith(','))) return run;
  const isPart = (token: Token): boolean =>
    person[token.index]! >= LIKELY_FROM && mayBeName(token, token.letterCase === 'lower' ? 0 : 1);
  const tokens = [...run.tokens];
  for (;;) {
    const next = reading.tokens[tokens.at(-1)!.index + 1];
    if (next?.gap !== ' ' || !isPart(next) || begins[next.index]! > person[next.index]! / 2) break;
    tokens.push(next);
  }
  for (;;) {
    const [first] = tokens;
    const before = reading.tokens[first!.index - 1];
    if (
      !before ||
      first!.gap !== ' ' ||
      isOrdinary(before) ||
      !isPart(before) ||
      begins[first!.index]! > person[first!.index]! / 2
    )
      break;
    tokens.unshift(before);
  }
  if (tokens.length === run.tokens.length || isInstitution(reading, tokens)) return run;
  const end = Math.max(run.end, tokens.at(-1)!.end);
  return { ...run, tokens, start: tokens[0]!.start, end, words: tokens.map(({ folded }) => folded) };
}

/** The words from the first to the last that can be part of a name, and the initial after it. */
function trimmed(tokens: Token[], probability: number): Token[] {
  const isPart = (token: Token): boolean => token.text.length > 1 && mayBeName(token, probability);
  const from = tokens.findIndex(isPart);
  if (from === -1) return [];
  const last = tokens.findLastIndex(isPart);
  const isInitial = tokens[last + 1]?.text.length === 1 && tokens[last + 1]!.gap === ' ';
  return tokens.slice(from, last + (isInitial ? 2 : 1));
}

/** `Bagdad`, `Bagdads`. */
function isPlaceAbroad(folded: string): boolean {
  return WORLD_PLACES.has(folded) || WORLD_PLACES.has(withoutGenitive(folded));
}

function mayBeName(token: Token, probability: number): boolean {
  const { folded } = token;
  if (isPlaceAbroad(folded) && probability < ORDINARY_FROM) return false;
  if (NEVER_NAMES.has(folded) || COURTESY.has(folded) || isJobTitle(folded)) return false;
  return !isOrdinary(token) || (token.letterCase !== 'lower' && probability >= ORDINARY_FROM);
}

/** A Danish word that is no usual name. */
function isOrdinary({ folded }: Token): boolean {
  const known = lexicon();
  return known.isWord(folded) && !known.isCommonFirstName(folded) && !known.isSurname(folded);
}

/** `Plejecenter Anna Lund`, `Karen Blixens Gade`, `Grieg-skolen`: named after a person, and no person. */
function isInstitution(reading: Reading, tokens: Token[]): boolean {
  const [first, last] = [tokens[0]!, tokens.at(-1)!];
  const next = reading.tokens[last.index + 1];
  if (next?.gap === ' ' && next.letterCase !== 'lower' && isOrganisationWord(next)) return true;
  return tokens.some(isOrganisationWord) || isFirmOrStreet(reading, first, last);
}

function runOf(tokens: Token[], probability: number): NameRun {
  return {
    tokens,
    start: tokens[0]!.start,
    end: tokens.at(-1)!.end,
    words: tokens.map(({ folded }) => folded),
    title: null,
    confidence: probability,
    needsWitness: false,
  };
}
