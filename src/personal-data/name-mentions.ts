import { lexicon } from './lexicon';
import type { Mention } from './mention';
import type { NameRun } from './name-runs';
import type { People } from './people';
import { isKept, type Person } from './person';
import { privateRoleOf, type PrivateRole } from './private-role';
import { takeColleagues } from './staff-chat';
import { staffEvidence, type RoleEvidence } from './roles';
import { withoutGenitive, type Reading, type Token } from './tokens';
import { COURTESY, NEVER_NAMES, ORGANISATION } from './vocabulary';

/** A text with the names found in it. */
export interface NamedReading {
  /** The document that the text is a page of. */
  document: string;
  reading: Reading;
  runs: NameRun[];
}

/**
 * Lets the texts of a request tell who else there is: first full names, then single ones, so that "Villads" alone finds
 * "Villads Fristrup" and not somebody's middle name.
 */
export function gatherPeople(people: People, texts: NamedReading[]): void {
  const isFull = (run: NameRun): boolean => run.words.filter((word) => word.length > 1).length > 1;
  for (const full of [true, false]) {
    for (const text of texts) {
      for (const [at, run] of text.runs.entries()) {
        if (isFull(run) === full) learn(people, text, run, text.runs[at - 1]);
      }
      if (full) takeColleagues(people, text);
    }
  }
}

/** Every place of a text where a known person is named, by runs and by what the whole request knows. */
export function nameMentions(people: People, { reading, runs, document }: NamedReading): Mention[] {
  const mentions: Mention[] = [];
  const covered = new Uint8Array(reading.tokens.length);
  for (const run of runs) {
    const person = people.match(run.words, run.title, document);
    if (!person || isPronoun(run.tokens, person)) continue;
    const start = isKept(person) ? run.start : withCourtesy(reading, run);
    const mention = mentionOf(start, run.end, person, run.confidence);
    if (person.privateRole && mention.isKept && privateRoleOf(reading, run)) mention.isKept = false;
    mentions.push(mention);
    for (const token of run.tokens) covered[token.index] = 1;
  }
  for (const token of reading.tokens) {
    if (covered[token.index] || token.letterCase !== 'lower') continue;
    const last = reading.tokens[token.index + 1];
    const party = last?.gap === ' ' && !covered[last.index] ? partyOfPair(people, token, last) : null;
    if (!party) continue;
    mentions.push(mentionOf(token.start, last!.end, party, 0.8));
    covered[token.index] = covered[last!.index] = 1;
  }
  for (const token of reading.tokens) {
    if (covered[token.index] || !mayBeKnownName(people, reading, token)) continue;
    const person = people.match([token.folded], null, document);
    if (person && !isPronoun([token], person)) mentions.push(mentionOf(token.start, token.end, person, 0.8));
  }
  for (const token of reading.tokens) {
    if (covered[token.index] || token.letterCase === 'lower') continue;
    // `Fristrup-drengen`: somebody of that family.
    const family = /^(\p{L}{3,})-(?:drengen|pigen|familien|parret|brødrene|søstrene|børnene|sønnen|datteren)s?$/u.exec(
      token.folded,
    )?.[1];
    const person = family && people.knows(family) ? people.match([family], null, document) : null;
    if (person) mentions.push(mentionOf(token.start, token.start + family!.length, person, 0.7));
  }
  for (const token of reading.tokens) {
    if (covered[token.index] || token.letterCase !== 'lower' || token.folded.length < 6) continue;
    const person = people.matchLoginName(token.folded);
    if (person) mentions.push(mentionOf(token.start, token.end, person, 0.6));
  }
  return mentions;
}

/** "Hans mor" at the head of a sentence is not Hans-Werner. */
function isPronoun([first, second]: Token[], person: Person): boolean {
  return second === undefined && first!.folded === 'hans' && first!.opensSentence && person.firstName !== 'hans';
}

/** `bo thygesen` in small letters: first and last name of a party, even where the first is also an ordinary word. */
function partyOfPair(people: People, first: Token, last: Token): Person | null {
  if (!people.knows(first.folded) || !people.knows(last.folded)) return null;
  const person = people.match([first.folded, last.folded]);
  if (!person?.fromRegister || person.firstName !== first.folded) return null;
  return [last.folded, withoutGenitive(last.folded)].includes(person.parts.at(-1)!) ? person : null;
}

/** `fru`, `hr.`, `gamle` tell sex and age and go with the name. */
function withCourtesy(reading: Reading, run: NameRun): number {
  const before = reading.tokens[run.tokens[0]!.index - 1];
  if (before && /^(?:gamle|lille|unge)$/.test(before.folded) && run.tokens[0]!.gap === ' ') return before.start;
  if (!run.title || !COURTESY.has(run.title)) return run.start;
  const title = reading.tokens[run.tokens[0]!.index - 1];
  return title && title.folded === run.title ? title.start : run.start;
}

function learn(people: People, { reading, document }: NamedReading, run: NameRun, previous?: NameRun): void {
  if (isOtherName(people, reading, run, previous, document)) return;
  const evidence = staffEvidence(reading, run, previous);
  const fitting = people.match(run.words, run.title, document);
  const known = fitting && evidence && isSomebodyElse(people, fitting, run, document) ? null : fitting;
  if (!known && run.needsWitness) return;
  const name = asWritten(run, withoutGenitiveOf(run.words));
  const person = known ?? people.add(name, 'nævnt i teksten', 'unknown');
  people.enrich(person, name);
  if (evidence || run.words.filter((word) => word.length > 1).length > 1) people.placeIn(document, person);
  const given = /^ ?\((\p{Lu}{2,4})\)/u.exec(reading.text.slice(run.end, run.end + 8))?.[1];
  if (given && !person.otherInitials.includes(given.toLowerCase())) person.otherInitials.push(given.toLowerCase());
  takeRole(person, evidence, privateRoleOf(reading, run));
}

/** The name as the text writes it, first name first, in small and capital letters as names are. */
function asWritten(run: NameRun, words: string[]): string {
  return words
    .map((word) => {
      const token = run.tokens.find(({ folded }) => folded === word || folded.startsWith(word));
      const written = token && !token.text.includes('\n') ? token.text.slice(0, word.length) : word;
      const isPlain =
        token === undefined ||
        token.text.includes('\n') ||
        token.letterCase === 'lower' ||
        token.letterCase === 'upper';
      return isPlain
        ? written.toLowerCase().replace(/(?<![\p{L}'])\p{L}/gu, (letter) => letter.toUpperCase())
        : written;
    })
    .join(' ');
}

/** Work and a private relation are two roles of one person: the teacher who is also the neighbour. */
function takeRole(person: Person, atWork: RoleEvidence | null, privately: PrivateRole | null): void {
  const isStaff = person.access === 'employee' || person.access === 'professional';
  if (privately && (isStaff || atWork)) person.privateRole = privately.relation;
  if (person.fromRegister || isStaff || person.access === 'protected') return;
  if (atWork) {
    if (person.access === 'third') person.privateRole = person.role;
    person.access = atWork.access;
    person.role = atWork.role;
    person.evidence = `Rollen fremgår af ${atWork.because}.`;
  } else if (privately && (person.access === 'unknown' || privately.isNotifier)) {
    person.access = privately.isNotifier ? 'protected' : 'third';
    person.role = privately.relation;
    person.evidence = `Omtales som »${privately.relation}« lige ved navnet.`;
  }
}

const CALLED = /(?:kaldet|kaldes|kalder sig(?: selv)?|kaldt|kaldenavn:?|kendt som) ?["»“]?$/;

/** `Kenni (Kenneth Holm)`, `Nikolaj Storm, kaldet Niko`: the single name is another name of the same person. */
function isOtherName(
  people: People,
  reading: Reading,
  run: NameRun,
  previous: NameRun | undefined,
  document: string,
): boolean {
  const [word] = run.words;
  if (run.words.length === 1 && previous && run.start - previous.end < 60 && previous.words.length > 1) {
    const between = reading.folded.slice(previous.end, run.start);
    if (!CALLED.test(between) || /[.!?]\s/.test(between)) return false;
    const person = people.match(previous.words, previous.title, document);
    if (!person || people.knows(word!)) return false;
    people.alsoCalled(person, word!);
    return true;
  }
  if (!previous || previous.words.length !== 1 || run.words.length < 2) return false;
  if (reading.text.slice(previous.end, run.start) !== ' (' || reading.text[run.end] !== ')') return false;
  const person = people.match(run.words, run.title, document);
  const nickname = previous.words[0]!;
  if (person && nickname.slice(0, 3) === person.firstName.slice(0, 3)) people.alsoCalled(person, nickname);
  return false;
}

/**
 * "Tandlæge Skov" tells nothing about Gerda Skov, nor "/Bente" below a note about Bente Kjær in another document: what
 * shows somebody at work counts for who is named in full, and for who is named in full in the same document.
 */
function isSomebodyElse(people: People, person: Person, run: NameRun, document: string): boolean {
  if (person.fromRegister || person.access !== 'unknown' || person.parts.length < 2) return false;
  const full = run.words.filter((word) => word.length > 1);
  if (full.length > 1) return false;
  return !full.includes(person.firstName) ? run.words.length === 1 : !people.isNamedIn(document, person);
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
    const isSmallTalk = reading.whispers || (reading.chats && reading.startsSmall[reading.sentenceOf[token.index]!]);
    if (isOrdinary && token.gap === '_') return isCallingName(people, word);
    if (isOrdinary)
      return isSmallTalk === true && (reading.whispers || !ALSO_VERBS.has(word)) && isCallingName(people, word);
    return word.length > 2 && isNameInSmallLetters(people, token);
  }
  if (token.letterCase === 'upper' && !reading.lines[token.line]!.shouts) return !isOrdinary && word.length > 3;
  if (!isOrdinary) return true;
  return isCallingName(people, word) || !(token.opensSentence || token.opensLine);
}

/** Words of every other sentence, which written small are no names. */
const ALSO_VERBS = new Set('bo dag dage tage fast sammen betalt lige klar nok'.split(' '));

/** Written small, a word must be a name by the lists or the register, or part of a file name or an address. */
function isNameInSmallLetters(people: People, token: Token): boolean {
  const known = lexicon();
  const forms = [token.folded, withoutGenitive(token.folded)];
  if (forms.some((form) => known.isFirstName(form) || known.isSurname(form))) return true;
  return people.match([token.folded])?.fromRegister === true || /[._/\\-]$/.test(token.gap);
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
