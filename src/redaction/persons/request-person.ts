import type { PartyAccess } from '../../contracts';
import type { PersonChoice } from './person-choice.entity';

/** `split`: an employee told this person apart from another. */
export type PersonOrigin = 'register' | 'text' | 'split';

/** Somebody whom a request speaks of, as the sources, the texts and the employees' choices have it. */
export interface RequestPerson {
  key: string;
  name: string;
  role: string;
  access: PartyAccess;
  origin: PersonOrigin;
  /** One Danish sentence for staff: how we know. */
  evidence: string;
  /** What is decided about the person everywhere. */
  everywhere: EverywhereRule | null;
  /** The latest choice that says who the person is. */
  judgedBy: string | null;
}

export interface EverywhereRule {
  decision: 'remove' | 'keep';
  groundId: string | null;
  choiceId: string;
}

/** A choice with the name of the new person, when it is a split. */
export type AppliedChoice = Pick<
  PersonChoice,
  'id' | 'kind' | 'partyKey' | 'intoKey' | 'role' | 'access' | 'decision' | 'groundId' | 'places'
> & { name: string | null };

/** The persons after every choice, and whom a finding speaks of after them. */
export interface JudgedPersons {
  persons: Map<string, RequestPerson>;
  keyAt(foundKey: string, place: FoundAt): string;
}

/** Where something was found; `start` is the UTF-16 offset in the page's text. */
export interface FoundAt {
  fileId: string;
  page: number;
  start: number;
}

/** A whole page, as a split names it. */
export function pagePlace({ fileId, page }: Pick<FoundAt, 'fileId' | 'page'>): string {
  return `${fileId}:${page}`;
}

/** A single mention on a page, as a split names it. */
export function mentionPlace(place: FoundAt): string {
  return `${pagePlace(place)}:${place.start}`;
}

/** Kept: what is about the requester, and employees and professionals in their work. */
export function isKeptAccess(access: PartyAccess): boolean {
  return access === 'own' || access === 'employee' || access === 'professional';
}

/** Applies choices, in their order, to the persons whom register and texts gave. */
export function applyChoices(found: RequestPerson[], choices: AppliedChoice[]): JudgedPersons {
  const persons = new Map(found.map((person) => [person.key, { ...person }]));
  for (const choice of choices) applyTo(persons, choice);
  const moves = choices
    .filter(({ kind }) => kind === 'merge' || kind === 'split')
    .map(({ kind, partyKey, intoKey, places }) => ({
      from: partyKey as string,
      into: intoKey as string,
      places: kind === 'split' ? new Set(places) : null,
    }));
  const keyAt = (foundKey: string, place: FoundAt): string =>
    moves.reduce((key, { from, into, places }) => {
      const isMoved =
        key === from && (places === null || places.has(pagePlace(place)) || places.has(mentionPlace(place)));
      return isMoved ? into : key;
    }, foundKey);
  return { persons, keyAt };
}

function applyTo(persons: Map<string, RequestPerson>, choice: AppliedChoice): void {
  const person = persons.get(choice.partyKey ?? '');
  if (!person) return;
  if (choice.kind === 'merge') persons.delete(person.key);
  if (choice.kind === 'split' && choice.intoKey !== null)
    persons.set(choice.intoKey, {
      key: choice.intoKey,
      name: choice.name ?? person.name,
      role: choice.role ?? 'unknown',
      access: choice.access ?? 'unknown',
      origin: 'split',
      evidence: `En medarbejder har skilt personen ud fra ${person.name}.`,
      everywhere: null,
      judgedBy: choice.id,
    });
  if (choice.kind === 'part')
    Object.assign(person, {
      role: choice.role ?? person.role,
      access: choice.access ?? person.access,
      evidence: 'En medarbejder har angivet rollen.',
      judgedBy: choice.id,
    });
  if (choice.kind === 'everywhere')
    person.everywhere = choice.decision
      ? { decision: choice.decision, groundId: choice.groundId, choiceId: choice.id }
      : null;
}
