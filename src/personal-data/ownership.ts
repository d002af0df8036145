import { fold, squeeze } from './folding';
import { justBefore, type Finding } from './finding';
import type { Mention, Mentions } from './mention';
import { isGivenWith, whoSaysMine } from './own-number';
import type { People } from './people';
import { isKept, type Person } from './person';
import { isSameHome } from './rules/address';
import { isSender } from './staff-chat';
import type { Reading } from './tokens';
import { ORGANISATION } from './vocabulary';

/** Whose a finding is, how that is known, and whether it is kept. */
export interface Ownership {
  person: Person | null;
  isKept: boolean;
  /** End of the staff's sentence: "står i registret", "står lige efter navnet". */
  because: string;
  confidence: number;
}

const LIVES_THERE = /(?:bor|boede|boende|bopæl:?|hjemme|privatadresse:?)(?: nu)?(?: (?:i|på|hos))? $/u;
const NEAR = 160;
const JUST_AFTER = 50;

/** The e-mail domains that employees of the register write from. */
export function staffDomains(people: People, emails: Finding[]): Set<string> {
  const domains = new Set<string>();
  for (const { value } of emails) {
    const [local = '', domain = ''] = value.split('@');
    if (/kommune|\bkomm\b/.test(domain)) domains.add(domain);
    const sender = personOfAddress(people, local);
    if (sender && (sender.access === 'employee' || sender.access === 'professional')) domains.add(domain);
  }
  return domains;
}

/** Whose a number, an address or an e-mail is: by the register first, then by who is spoken of closest before it. */
export function ownerOf(
  finding: Finding,
  reading: Reading,
  people: People,
  mentions: Mentions,
  domains: Set<string>,
): Ownership {
  const registered = inRegister(finding, people);
  if (registered) return owned(registered, 'står i registret', 0.98);
  if (finding.type === 'CPR') {
    const holder = closest(finding, reading, mentions);
    return {
      person: holder?.isKept ? null : (holder?.person ?? null),
      isKept: false,
      because: 'står ikke i registret som partens eget',
      confidence: 0.95,
    };
  }
  if (finding.type === 'EMAIL') {
    const [local = '', domain = ''] = finding.value.split('@');
    const writer = personOfAddress(people, local);
    if (writer) return owned(writer, 'ligner navnet', 0.9);
    if (domains.has(domain))
      return {
        person: null,
        isKept: true,
        because: 'hører til kommunens eller en fagpersons maildomæne',
        confidence: 0.8,
      };
  }
  if (finding.type === 'ADDRESS' && standsWithOrganisation(finding, reading, mentions)) {
    return { person: null, isKept: true, because: 'er en myndigheds eller virksomheds adresse', confidence: 0.6 };
  }
  if (isUnclaimedNumber(finding, reading, mentions)) {
    return { person: null, isKept: true, because: 'står ikke ved nogen anden person', confidence: 0.5 };
  }
  if (
    finding.type === 'PLATE' &&
    !/\b(?:min|mit|brg|borgers?|egen) [^\n.]{0,25}$/.test(
      reading.folded.slice(Math.max(0, finding.start - 40), finding.start),
    )
  ) {
    const keeper = closest(finding, reading, mentions);
    return {
      person: keeper?.isKept ? null : (keeper?.person ?? null),
      isKept: false,
      because: 'det fremgår ikke, at bilen er partens egen',
      confidence: 0.8,
    };
  }
  if (OF_THE_ADDRESSEE.has(finding.type) && SAID_TO_REQUESTER.test(sentenceBefore(reading.folded, finding.start)))
    return {
      person: people.requester ?? null,
      isKept: true,
      because: 'brevet siger »din« eller »Deres«',
      confidence: 0.6,
    };
  const speaker = SAID_TO_BE_MINE.has(finding.type) ? whoSaysMine(finding, reading, mentions) : null;
  if (speaker?.person)
    return {
      person: speaker.person,
      isKept: speaker.isKept,
      because: 'den, der skriver, siger »min«',
      confidence: 0.7,
    };
  const mention = closest(finding, reading, mentions);
  if (!mention) return { person: null, isKept: false, because: 'det fremgår ikke, hvis det er', confidence: 0.6 };
  if (finding.type === 'EMAIL' && mention.person && /^ ?[<(] ?$/.test(reading.text.slice(mention.end, finding.start)))
    return { person: mention.person, isKept: mention.isKept, because: 'står lige efter navnet', confidence: 0.9 };
  if (finding.type === 'ADDRESS' && mention.isKept && LIVES_THERE.test(justBefore(reading.folded, finding.start)))
    return { person: null, isKept: false, because: 'er et hjem, og ikke det, som registret har', confidence: 0.7 };
  if (mention.isKept && isAtWork(mention.person) && isOnlyNear(finding, mention, reading))
    return { person: null, isKept: false, because: 'står kun i nærheden af en, der er på arbejde', confidence: 0.6 };
  if (mention.isKept && isAtWork(mention.person) && NEVER_OF_WORK.has(finding.type))
    return { person: null, isKept: false, because: 'hører ikke til nogens arbejde', confidence: 0.7 };
  if (mention.isKept && differsFromRegister(finding, mention.person))
    return { person: null, isKept: false, because: 'passer ikke med registret', confidence: 0.7 };
  if (finding.type === 'PHONE' && mention.isKept && !isGivenWith(finding, mention, reading))
    return { person: null, isKept: false, because: 'det er ikke sagt, hvis nummeret er', confidence: 0.6 };
  return { person: mention.person, isKept: mention.isKept, because: 'står tættest på', confidence: 0.7 };
}

/**
 * "Teknikeren var på Egevej 5", "hun skrev til …": where somebody at work went and to whom they wrote is not theirs. What
 * is theirs follows the name with nothing but marks, labels and titles between, or stands before it on the line.
 */
function isOnlyNear({ type, start, end }: Finding, mention: Mention, { folded }: Reading): boolean {
  if (type !== 'ADDRESS' && type !== 'EMAIL') return false;
  if (mention.start >= end) return /[.!?]\s/.test(folded.slice(end, mention.start));
  return WENT_OR_WROTE.test(folded.slice(Math.max(mention.end, start - 60), start));
}

const WENT_OR_WROTE =
  /(?<!\p{L})(?:var|er|kørte|kører|besøgte|besøg|besigtigede|besigtiget|besigtigelse|mødte|kom|gik|så|fandt|målte|tilså|kontrollerede|undersøgte|skrev|skriver|sendte|sender|sendt|svarede|mailede|ringede|talte|talt)(?!\p{L})[^.!?\n]{0,40}$/u;

/** A case number belongs to the file at hand unless its sentence names somebody else before it. */
function isUnclaimedNumber(finding: Finding, reading: Reading, mentions: Mentions): boolean {
  if (finding.type === 'OTHER_ID') return !closest(finding, reading, mentions);
  if (finding.type !== 'CASE_NO') return false;
  const before = mentions.before(finding.start, Math.max(0, finding.start - NEAR));
  return (
    !before ||
    /[.!?\n\t]|,? (?:jf|se)\.? /.test(reading.text.slice(before.end, finding.start).replace(/(?:nr|jf|j|se)\./g, ''))
  );
}

/** `Deres konto`, `den konto, du har oplyst`: letters of the municipality speak to the requester. */
const SAID_TO_REQUESTER = /(?<!\p{L})(?:din|dit|dine|deres egen|til deres|på deres|du)(?!\p{L})[^.!?\n]{0,60}$/u;
const SAID_TO_BE_MINE: ReadonlySet<Finding['type']> = new Set(['PHONE', 'BANK_ACCOUNT', 'EMAIL']);
const OF_THE_ADDRESSEE: ReadonlySet<Finding['type']> = new Set(['BANK_ACCOUNT', 'CASE_NO', 'OTHER_ID']);

function sentenceBefore(folded: string, start: number): string {
  return folded.slice(Math.max(0, start - 90), start);
}

/** What no employee or professional has in their work: near them in a text, it is somebody else's. */
const NEVER_OF_WORK: ReadonlySet<Finding['type']> = new Set(['CPR_PARTIAL', 'DOB', 'BANK_ACCOUNT', 'OTHER_ID']);

function isAtWork(person: Person | null): boolean {
  return person?.access === 'employee' || person?.access === 'professional';
}

/** A CPR number whose owner is settled. */
export interface HeldCpr {
  end: number;
  owner: Ownership;
}

/**
 * A phone or account that follows a third person's CPR number on its line, with nobody named between: rows of lists,
 * and letters in which the writer gives all numbers at once.
 */
export function ownedWithCpr(
  finding: Finding,
  cpr: HeldCpr,
  reading: Reading,
  people: People,
  mentions: Mentions,
): Ownership | null {
  if (finding.type !== 'PHONE' && finding.type !== 'BANK_ACCOUNT') return null;
  const isKeptAccount = cpr.owner.isKept && finding.type === 'BANK_ACCOUNT' && cpr.owner.person?.access === 'own';
  if ((cpr.owner.isKept && !isKeptAccount) || finding.start - cpr.end > NEAR || inRegister(finding, people))
    return null;
  if (reading.text.slice(cpr.end, finding.start).includes('\n')) return null;
  if (mentions.before(finding.start, cpr.end)) return null;
  return { ...cpr.owner, because: 'følger efter samme persons CPR-nummer', confidence: 0.7 };
}

function owned(person: Person, because: string, confidence: number): Ownership {
  return { person, isKept: isKept(person), because, confidence };
}

function inRegister(finding: Finding, people: People): Person | null {
  const kept = (person: Person): number => (isKept(person) ? 0 : 1);
  const fitting = people.all
    .filter((person) => person.fromRegister && fits(finding, person))
    .sort((a, b) => kept(a) - kept(b));
  return fitting[0] ?? null;
}

function fits({ type, value }: Finding, person: Person): boolean {
  switch (type) {
    case 'CPR':
      return person.cpr === value;
    case 'CPR_PARTIAL':
      return person.cpr !== null && value.length >= 4 && (person.cpr.startsWith(value) || person.cpr.endsWith(value));
    case 'DOB':
      return person.cpr !== null && value.length === 6 && person.cpr.startsWith(value);
    case 'PHONE':
      return person.phone !== null && person.phone === value;
    case 'EMAIL':
      return person.email === value;
    case 'ADDRESS':
      return person.home !== null && value.length > 5 && isSameHome(person.home, value);
    default:
      return false;
  }
}

/** The register knows this kind of number for the person, and it is another one; a car is nobody's by nearness alone. */
function differsFromRegister({ type }: Finding, person: Person | null): boolean {
  if (!person || person.access !== 'own') return false;
  if (type === 'CPR_PARTIAL' || type === 'DOB') return person.cpr !== null;
  // The requester's home is in the register, and an own e-mail address mostly tells the name.
  if (type === 'ADDRESS' || type === 'EMAIL') return true;
  return type === 'PHONE' && person.phone !== null;
}

/** The person whose name or initials make up the part before the `@`. */
function personOfAddress(people: People, local: string): Person | null {
  const words = fold(local)
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 0);
  const named = words.filter((word) => word.length > 2 && people.knows(word));
  if (named.length > 0) {
    const person = people.match(named);
    if (person) return person;
  }
  const plain = squeeze(local).replace(/\d/g, '');
  const joined = people.all.find(
    (person) =>
      person.parts.length > 1 &&
      plain.includes(squeeze(person.firstName)) &&
      plain.includes(squeeze(person.parts.at(-1)!)),
  );
  return joined ?? (plain.length <= 5 ? people.matchInitials(plain) : null);
}

/** Who is spoken of last before the place on its line, else directly after it, else at the end of the line above. */
function closest(finding: Finding, reading: Reading, mentions: Mentions): Mention | null {
  const windowStart = Math.max(0, finding.start - NEAR);
  const lineStart = windowStart + reading.text.slice(windowStart, finding.start).lastIndexOf('\n') + 1;
  const before = mentions.before(finding.start, Math.max(lineStart, finding.start - NEAR));
  // Who writes a message tells of others: the label before it owns nothing in it.
  if (before && isSender({ reading }, before.start, before.end)) return null;
  if (before) return before;
  const windowEnd = finding.end + JUST_AFTER;
  const lineEnd = reading.text.slice(finding.end, windowEnd).indexOf('\n');
  const after = mentions.after(finding.end, lineEnd === -1 ? windowEnd : finding.end + lineEnd);
  if (after) return after;
  return mentions.before(finding.start, Math.max(0, finding.start - NEAR));
}

function standsWithOrganisation(finding: Finding, reading: Reading, mentions: Mentions): boolean {
  const from = Math.max(0, finding.start - 90);
  if (mentions.before(finding.start, from)?.isKept === false) return false;
  const around = reading.folded.slice(from, finding.start).split(/[^\p{L}/]+/u);
  return around.some(
    (word) =>
      ORGANISATION.has(word) || /(?:skole|skolen|huset|centret|afdeling|afd|tilsyn|forvaltning|service)$/.test(word),
  );
}
