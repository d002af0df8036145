import type { PartyAccess, PartyRegister } from '../contracts';
import { isOneSlipApart } from './folding';
import { lexicon } from './lexicon';
import { isKept, named, nameWords, personsOf, type Person } from './person';
import { withoutGenitive } from './tokens';

const FIRST_NAME = 3;
const LAST_NAME = 2;
const MIDDLE_NAME = 1;
const INITIAL = 0.5;
/** In the requester's own file a surname alone means the requester, unless the title says otherwise. */
const REQUESTER_FIRST = 0.25;
/** A misspelt word is compared with this many persons, register first, so that the work stays bounded. */
const MOST_MISSPELT = 200;

/** Everybody whom a request speaks of: the parties of the register, and those whom the texts add. */
export class People {
  readonly all: Person[];
  readonly requester: Person | undefined;
  private found = 0;
  private readonly matches = new Map<string, Person[]>();
  /** In which documents a person is named in full, or shown to be at work. */
  private readonly places = new Map<Person, Set<string>>();
  private readonly byPart = new Map<string, Person[]>();

  constructor(register: PartyRegister) {
    this.all = personsOf(register);
    this.requester = this.all.find((person) => person.id === register.requester);
    for (const person of this.all) this.index(person);
  }

  /** Adds a person whom a text names; the same person named again gets the fuller name. */
  add(name: string, role: string, access: PartyAccess): Person {
    const person = named(`P${++this.found}`, name, role, access);
    this.all.push(person);
    this.index(person);
    return person;
  }

  /** Takes over a longer name of a person who was first known by less. */
  enrich(person: Person, name: string): void {
    if (
      person.fromRegister ||
      name.length <= person.name.length ||
      nameWords(name).length <= nameWords(person.name).length
    )
      return;
    Object.assign(person, { ...named(person.id, name, person.role, person.access) });
    this.index(person);
  }

  /** A document that names the person in full, or shows where he or she works. */
  placeIn(document: string, person: Person): void {
    const documents = this.places.get(person);
    if (documents) documents.add(document);
    else this.places.set(person, new Set([document]));
  }

  isNamedIn(document: string, person: Person): boolean {
    return this.places.get(person)?.has(document) === true;
  }

  /**
   * Who is meant by these words of a name (folded) in a document. A name that several share means the one who is named
   * in full there, else a party of the case; a kept person only when nobody else fits as well: when in doubt, propose.
   */
  match(words: string[], title: string | null = null, document: string | null = null): Person | null {
    const key = `${title ?? ''}|${words.join(' ')}`;
    let fitting = this.matches.get(key);
    if (!fitting) {
      fitting = this.bestMatches(words, title);
      this.matches.set(key, fitting);
    }
    if (document === null) return theOneToPropose(fitting);
    const isHere = (person: Person): boolean => this.places.get(person)?.has(document) === true;
    // Somebody known from another document to be at work is not meant by a mere first name here.
    const possible =
      words.length > 1 ? fitting : fitting.filter((one) => one.fromRegister || !isKept(one) || isHere(one));
    const here = possible.filter(isHere);
    if (here.length > 0) return theOneToPropose(here);
    const parties = possible.filter((person) => person.fromRegister);
    return theOneToPropose(parties.length > 0 ? parties : possible);
  }

  private bestMatches(words: string[], title: string | null): Person[] {
    let best: Person[] = [];
    let bestScore = 0;
    for (const person of this.candidates(words)) {
      const fit = scoreOf(words, person);
      if (fit === 0) continue;
      const score =
        fit +
        (person === this.requester && !person.name.includes('-') && !isOtherSex(title, person) ? REQUESTER_FIRST : 0);
      if (score > bestScore) best = [];
      if (score >= bestScore) best.push(person);
      bestScore = Math.max(bestScore, score);
    }
    return best;
  }

  /** Who has these initials (folded, without dots). */
  matchInitials(initials: string): Person | null {
    const given = this.all.find((person) => person.otherInitials.includes(initials));
    if (given) return given;
    const fitting = this.all.filter((person) => areInitialsOf(initials, person));
    return fitting.find((person) => person.initials === initials) ?? fitting[0] ?? null;
  }

  /** `pkjelstrup`: the first letter of the first name, then the last name. Null when it is nobody who is to be proposed. */
  matchLoginName(word: string): Person | null {
    const fitting = this.byPart.get(word.slice(1))?.filter((person) => person.firstName[0] === word[0]);
    return fitting?.find((person) => !isKept(person) && person.parts.at(-1) === word.slice(1)) ?? null;
  }

  /** True when a word (folded) is part of somebody's name. */
  knows(word: string): boolean {
    return this.byPart.has(word) || this.byPart.has(withoutGenitive(word));
  }

  private candidates(words: string[]): Set<Person> {
    const found = new Set<Person>();
    for (const word of words) {
      for (const form of [word, withoutGenitive(word)]) {
        for (const person of this.byPart.get(form) ?? []) found.add(person);
      }
    }
    if (found.size === 0 && words.some(mayBeMisspelt))
      this.all.slice(0, MOST_MISSPELT).forEach((person) => found.add(person));
    return found;
  }

  /** Another name that a text says the person goes by. */
  alsoCalled(person: Person, word: string): void {
    if (person.parts.includes(word)) return;
    person.parts.splice(1, 0, word);
    person.nicknames.push(word);
    this.index(person);
  }

  private index(person: Person): void {
    this.matches.clear();
    for (const part of new Set(person.parts)) {
      const sharing = this.byPart.get(part) ?? [];
      if (!sharing.includes(person)) this.byPart.set(part, [...sharing, person]);
    }
  }
}

function theOneToPropose(fitting: Person[]): Person | null {
  return fitting.find((person) => !isKept(person)) ?? fitting[0] ?? null;
}

function isOtherSex(title: string | null, person: Person): boolean {
  if (!title || !person.cpr) return false;
  const isMan = Number(person.cpr.at(-1)) % 2 === 1;
  return isMan ? /^(?:fru|frk|fr|frøken|mrs|ms)$/.test(title) : /^(?:hr|herr|herre|mr)$/.test(title);
}

function scoreOf(words: string[], person: Person): number {
  let score = 0;
  for (const [position, word] of words.entries()) {
    const weight = weightOf(word, person, position === words.length - 1);
    if (weight === 0) return 0;
    score += weight;
  }
  return score;
}

function weightOf(word: string, person: Person, mayHaveGenitive: boolean): number {
  if (word.length === 1) return person.parts.some((part) => part.startsWith(word)) ? INITIAL : 0;
  const forms = mayHaveGenitive ? [word, withoutGenitive(word)] : [word];
  const place = person.parts.findIndex((part) => forms.includes(part) || fitsSlip(word, part));
  if (place === -1) return 0;
  const part = person.parts[place]!;
  if (part === person.firstName || person.nicknames.includes(part) || person.firstName.startsWith(`${part}-`))
    return FIRST_NAME;
  return place === person.parts.length - 1 ? LAST_NAME : MIDDLE_NAME;
}

function fitsSlip(word: string, part: string): boolean {
  if (word.length < 5 || part.length < 5 || !mayBeMisspelt(word)) return false;
  return isOneSlipApart(word, part) || isOneSlipApart(withoutGenitive(word), part);
}

/** A word that is itself a usual name or an ordinary word is taken as it stands. */
function mayBeMisspelt(word: string): boolean {
  const known = lexicon();
  return word.length >= 5 && !known.isCommonFirstName(word) && !known.isSurname(word) && !known.isWord(word);
}

function areInitialsOf(initials: string, person: Person): boolean {
  const own = person.initials;
  if (initials.length < 2 || own.length < 2) return false;
  if (initials === own) return true;
  // First and last only (Sanne Bjerregaard Thuesen, ST), or a middle name left out.
  return (
    initials[0] === own[0] &&
    initials.at(-1) === own.at(-1) &&
    initials.length <= own.length &&
    isSubsequence(initials, own)
  );
}

function isSubsequence(short: string, long: string): boolean {
  let at = 0;
  for (const letter of long) if (letter === short[at]) at += 1;
  return at === short.length;
}
