import { lexicon } from './lexicon';
import type { Mention } from './mention';
import type { NameRun } from './name-runs';
import type { People } from './people';
import { isKept, type Person } from './person';
import { staffEvidence } from './roles';
import { withoutGenitive, type Reading, type Token } from './tokens';
import { COURTESY, NEVER_NAMES, ORGANISATION } from './vocabulary';

/** A text with the names found in it. */
export interface NamedReading {
  reading: Reading;
  runs: NameRun[];
}

/**
 * Lets the texts of a request tell who else there is: first full names, then single ones, so that "Villads" alone finds
 * "Villads Fristrup" and not somebody's middle name.
 */
export function gatherPeople(people: People, texts: NamedReading[]): void {
  const all = texts.flatMap(({ reading, runs }) => runs.map((run) => ({ reading, run })));
  const byWords = (run: NameRun): number => run.words.filter((word) => word.length > 1).length;
  for (const { reading, run } of all.filter(({ run }) => byWords(run) > 1)) learn(people, reading, run);
  for (const { reading, run } of all.filter(({ run }) => byWords(run) <= 1)) learn(people, reading, run);
}

/** Every place of a text where a known person is named, by runs and by what the whole request knows. */
export function nameMentions(people: People, { reading, runs }: NamedReading): Mention[] {
  const mentions: Mention[] = [];
  const covered = new Uint8Array(reading.tokens.length);
  for (const run of runs) {
    const person = people.match(run.words, run.title);
    if (!person) continue;
    mentions.push(mentionOf(withCourtesy(reading, run), run.end, person, run.confidence));
    for (const token of run.tokens) covered[token.index] = 1;
  }
  for (const token of reading.tokens) {
    if (covered[token.index] || !mayBeKnownName(people, reading, token)) continue;
    const person = people.match([token.folded]);
    if (person) mentions.push(mentionOf(token.start, token.end, person, 0.8));
  }
  return mentions;
}

/** `fru`, `hr.` tell the sex and stand or fall with the name. */
function withCourtesy(reading: Reading, run: NameRun): number {
  if (!run.title || !COURTESY.has(run.title)) return run.start;
  const title = reading.tokens[run.tokens[0]!.index - 1];
  return title && title.folded === run.title ? title.start : run.start;
}

function learn(people: People, reading: Reading, run: NameRun): void {
  const known = people.match(run.words, run.title);
  if (!known && run.needsWitness) return;
  const name = withoutGenitiveOf(run.words).join(' ');
  const person = known ?? people.add(name, 'nævnt i teksten', 'unknown');
  people.enrich(person, name);
  const given = /^ ?\((\p{Lu}{2,4})\)/u.exec(reading.text.slice(run.end, run.end + 8))?.[1];
  if (given && !person.otherInitials.includes(given.toLowerCase())) person.otherInitials.push(given.toLowerCase());
  if (person.fromRegister || person.access !== 'unknown') return;
  const evidence = staffEvidence(reading, run);
  if (evidence) {
    person.access = evidence.access;
    person.role = evidence.role;
  }
}

/** `Ingólfurs` is Ingólfur's, `Lis` and `Jens` are names as they stand. */
function withoutGenitiveOf(words: string[]): string[] {
  const last = words.at(-1)!;
  const bare = withoutGenitive(last);
  const known = lexicon();
  if (bare === last || known.isCommonFirstName(last) || known.isSurname(last)) return words;
  const isGenitive =
    last.endsWith("'s") || known.isFirstName(bare) || known.isSurname(bare) || !known.isFirstName(last);
  return isGenitive ? [...words.slice(0, -1), bare] : words;
}

/** A word outside every run that is part of a known name: a small first name, one at the head of a sentence, a file name. */
function mayBeKnownName(people: People, reading: Reading, token: Token): boolean {
  const word = token.folded;
  if (word.length < 2 || NEVER_NAMES.has(word) || ORGANISATION.has(word) || !people.knows(word)) return false;
  if (isPartOfFirm(reading, token)) return false;
  const isOrdinary = lexicon().isWord(word) || lexicon().isWord(withoutGenitive(word));
  if (token.letterCase === 'lower') {
    if (!isOrdinary) return word.length > 2;
    const isSmallTalk = reading.whispers || reading.startsSmall[reading.sentenceOf[token.index]!];
    return isSmallTalk === true && isCallingName(people, word);
  }
  if (token.letterCase === 'upper' && !reading.lines[token.line]!.shouts) return !isOrdinary && word.length > 3;
  if (!isOrdinary) return true;
  return isCallingName(people, word) || !(token.opensSentence || token.opensLine);
}

function isCallingName(people: People, word: string): boolean {
  const person = people.match([word]);
  return person !== null && (person.firstName === word || person.firstName === withoutGenitive(word));
}

function isPartOfFirm(reading: Reading, token: Token): boolean {
  const next = reading.tokens[token.index + 1];
  const before = reading.tokens[token.index - 1];
  if (next && next.gap === ' ' && ORGANISATION.has(next.folded) && next.letterCase !== 'lower') return true;
  if (/^ & /.test(reading.text.slice(token.end, token.end + 3))) return true;
  return (
    before !== undefined && token.gap === ' ' && ORGANISATION.has(before.folded) && before.letterCase === 'capital'
  );
}

function mentionOf(start: number, end: number, person: Person, confidence: number): Mention {
  return { start, end, kind: 'name', type: 'NAME', person, isKept: isKept(person), confidence };
}
