import type { PartyAccess, PartyRegister, Span } from '../contracts';
import type { RequestFindings, RequestText } from './detect';
import { fold } from './folding';
import type { DetectedPerson } from './persons';
import { reasonForRole } from './reasons-for-role';

/** A person of a request after the join: one person in one part. A second person, or part, under the same name is `T4-2`. */
export type JoinedPerson = Omit<DetectedPerson, 'privateRole' | 'places'>;

export interface JoinedRequest {
  spans: Map<string, Span[]>;
  quiet: Map<string, Span[]>;
  persons: JoinedPerson[];
}

/** What tells a second person, or part, from the first: in these documents the name means this one. */
interface Apart {
  of: JoinedPerson;
  person: JoinedPerson;
  documents: Set<string>;
}

const PRIVATE_PART =
  '(nabo|genbo|overbo|underbo|ven|veninde|kæreste|samlever|svigermor|svigerfar|moster|faster|onkel|tante|kusine|fætter|bekendt)';
const PART_BEFORE = new RegExp(`(?<!\\p{L})${PRIVATE_PART}(?:en|n|inden)?,? $`, 'u');
const PART_AFTER = new RegExp(
  `^(?:,? som (?:også )?er |,? der (?:også )?er | er (?:også )?|, | \\()(?:\\p{L}+ )?${PRIVATE_PART}(?:en|n)?(?!\\p{L})`,
  'u',
);
const AROUND = 60;

/**
 * Makes mentions persons across the request. Two people with one name are told apart by their CPR numbers, and somebody
 * who is at work in one document and a neighbour in another is two parts, each judged by itself. Pure: the same texts and
 * register give the same persons.
 */
export function joinPersons(texts: RequestText[], found: RequestFindings, register: PartyRegister): JoinedRequest {
  const written = writtenNames(texts, found);
  const persons: JoinedPerson[] = found.persons.map(({ id, name, role, access, fromRegister, evidence }) => ({
    id,
    name: fromRegister ? name : (written.get(id) ?? inCapitals(name)),
    role,
    access,
    fromRegister,
    evidence,
  }));
  const apart = persons
    .filter(({ id }) => id !== register.requester)
    .flatMap((person) => [...privateParts(texts, found, person), ...otherNumbers(texts, found, person)]);
  const moved = new Map(
    apart.flatMap(({ of, person, documents }) => [...documents].map((each) => [`${of.id}|${each}`, person])),
  );
  const before = new Map(persons.map((person) => [person.id, person]));
  const judge = (spans: Map<string, Span[]>) => judgedAnew(spans, before, moved);
  return {
    spans: judge(found.spans),
    quiet: judge(found.quiet),
    persons: [...persons, ...apart.map(({ person }) => person)],
  };
}

function judgedAnew(
  spans: Map<string, Span[]>,
  before: Map<string, JoinedPerson>,
  moved: Map<string, JoinedPerson>,
): Map<string, Span[]> {
  if (moved.size === 0) return spans;
  return new Map(
    [...spans].map(([id, found]) => [
      id,
      found.map((span) => {
        const person = moved.get(`${span.person}|${documentOf(id)}`);
        const first = before.get(span.person ?? '');
        if (!person || !first) return span;
        const redact = isAtWork(first.access) && !isAtWork(person.access) ? true : span.redact;
        return {
          ...span,
          person: person.id,
          role: person.role,
          redact,
          reason: reasonForRole(span.type, person, redact),
        };
      }),
    ]),
  );
}

/** Documents in which somebody who is kept for the work is spoken of in a private part, and shown at work nowhere else. */
function privateParts(texts: RequestText[], found: RequestFindings, person: JoinedPerson): Apart[] {
  if (!isAtWork(person.access)) return [];
  const documents = new Set<string>();
  let part = '';
  for (const { id, text } of texts) {
    for (const span of namesOf(found, id, person.id)) {
      const match =
        PART_BEFORE.exec(fold(text.slice(Math.max(0, span.start - AROUND), span.start))) ??
        PART_AFTER.exec(fold(text.slice(span.end, span.end + AROUND)));
      if (!match) continue;
      part ||= match[1]!;
      documents.add(documentOf(id));
    }
  }
  if (documents.size === 0) return [];
  const evidence = `Omtales som ${part} i et dokument og er der ikke på arbejde; ellers ${person.role}.`;
  return [{ of: person, person: second(person, { role: part, access: 'third', evidence }), documents }];
}

/** Documents that give another CPR number for the name than the first document that gives one. */
function otherNumbers(texts: RequestText[], found: RequestFindings, person: JoinedPerson): Apart[] {
  if (person.fromRegister) return [];
  const byNumber = new Map<string, Set<string>>();
  for (const { id, text } of texts) {
    for (const span of found.spans.get(id) ?? []) {
      if (span.type !== 'CPR' || span.person !== person.id) continue;
      const number = text.slice(span.start, span.end).replace(/\D/g, '');
      if (number.length !== 10) continue;
      byNumber.set(number, (byNumber.get(number) ?? new Set<string>()).add(documentOf(id)));
    }
  }
  const [first, ...others] = [...byNumber.values()];
  return others.flatMap((all, index) => {
    const documents = new Set([...all].filter((each) => !first?.has(each)));
    if (documents.size === 0) return [];
    const evidence = 'Har samme navn som en anden, men et andet CPR-nummer.';
    return [{ of: person, person: second(person, { evidence }, index + 2), documents }];
  });
}

function second(person: JoinedPerson, change: Partial<JoinedPerson>, number = 2): JoinedPerson {
  return { ...person, fromRegister: false, ...change, id: `${person.id}-${number}` };
}

function namesOf(found: RequestFindings, textId: string, personId: string): Span[] {
  return (found.spans.get(textId) ?? []).filter(({ type, person }) => type === 'NAME' && person === personId);
}

/** The longest form of each name as somebody wrote it. */
function writtenNames(texts: RequestText[], found: RequestFindings): Map<string, string> {
  const longest = new Map<string, string>();
  for (const { id, text } of texts) {
    for (const span of found.spans.get(id) ?? []) {
      if (span.type !== 'NAME' || span.person === null) continue;
      const name = inCapitals(text.slice(span.start, span.end).replace(/\s+/g, ' '));
      const known = longest.get(span.person) ?? '';
      if (name.length > known.length + 1) longest.set(span.person, name);
    }
  }
  return longest;
}

/** `BIRGIT RAVN` and `birgit ravn` are shown as `Birgit Ravn`; what is written in both cases stays. */
function inCapitals(name: string): string {
  if (name !== name.toUpperCase() && name !== name.toLowerCase()) return name;
  return name.toLowerCase().replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase());
}

function isAtWork(access: PartyAccess): boolean {
  return access === 'employee' || access === 'professional';
}

function documentOf(textId: string): string {
  return textId.replace(/:\d+$/, '');
}
