import { KIN_STEMS, type Kin } from './kin-words';
import type { Mention, Mentions } from './mention';
import type { People } from './people';
import type { Person } from './person';
import { isKinOfRequester } from './requester-kin';
import type { Reading } from './tokens';

const STEMS = Object.values(KIN_STEMS).join('|');
const PRONOUN = 'min|mine|sin|sine|hans|hendes|deres|jeres|vores|din|dine|dennes|egen|egne|eget';
const POSSESSIVE = `(?:(?:${PRONOUN})[ ]|\\p{L}[\\p{L}-]{1,30}(?:s|'|’|'s)[ ]|(?:pt|brg)\\.s[ ])`;
const ADJECTIVE =
  '(?:(?:ny|nye|tidl\\.|tidligere|første|anden|afdøde|sal\\.|salige|samme|egen|egne|biologisk|biologiske|gamle|unge|lille|ældste|yngste|ældre|yngre|anonym|anonyme|' +
  'fraskilte|fraseparerede|store|døde|fælles|voksne|mindreårige|bedste|nærmeste|kommende|1\\.|2\\.)[ ])';
const ENDING = "(?:en|n|et|ne|erne|er|re|rne|inden|eren|ens|ns|ernes|s)?(?:'en|’en)?";
/** Where a neighbour lives tells who it is: `på 4. sal`, `i nr. 15`, `over for`. */
const WHEREABOUTS =
  '(?:,? (?:(?:i|på|fra) (?:(?:nr\\.?|nummer) ?\\d{1,3} ?[a-h]?|\\d{1,3}[a-h]?(?:\\.? ?(?:sal|tv|th|mf))?|stuen|kælderen|opgangen|ejendommen|huset|gården|villaen|rækkehuset|kolonihaven)|' +
  'overfor|over for|ovenpå|ovenover|nedenunder|underneden|ved siden af|til (?:højre|venstre)|inde ved siden af)(?![\\p{L}\\p{N}]))?';
const PATTERN = new RegExp(
  `(?<![\\p{L}\\p{N}-])(${POSSESSIVE})?(${ADJECTIVE}{0,2})(${STEMS})(?:m)?(${ENDING})(?![\\p{L}\\p{N}-])(${WHEREABOUTS})`,
  'gu',
);
/** Somebody who is only described: `en anden beboer`, `en kvinde i opgangen`, `den unge mand i 1. tv.` */
const DESCRIBED = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:(?:tidl\\.|tidligere|forhenværende) (?:ansat|medarbejder|beboer|lejer|elev|lærling) (?:på|i|hos) [\\p{L}-]+|(?:en|et|den) (?:(?:anden|anonym|unavngiven|ukendt) (?:beboer|borger|kvinde|mand|dame|herre|person|forælder|lejer|kunde|kollega)(?:${WHEREABOUTS.slice(3, -2)})?|` +
    `(?:(?:ældre|yngre|unge|gamle|midaldrende) )?(?:beboer|kvinde|mand|dame|herre|person|familie|lejer|pige|fyr)(?:en)?(?:${WHEREABOUTS.slice(3, -2)})))`,
  'gu',
);
/** `der bor over for parternes tidligere bolig`: said of somebody who wants not to be known. */
const LIVES_NEAR =
  /(?<=, )(?:der|som) bor (?:over for|overfor|ved siden af|ovenpå|nedenunder|skråt over|i samme (?:opgang|ejendom|hus|gade)|i nærheden)(?: [\p{L}\p{N}-]+){0,5}(?=[,.;\n])/gu;
const SELF =
  /(?<![\p{L}\p{N}-])(?:borger(?:en|ens)?|brg(?:\.s)?|pt(?:\.s)?|patient(?:en|ens)?|ansøger(?:en|ens)?|klager(?:en|ens)?|beboer(?:en|ens)?|kursist(?:en|ens)?)(?![\p{L}\p{N}])/gu;
const FIRST_PERSON = /^(?:min|mine|vores) /;
const IS_PRONOUN = new RegExp(`^(?:${PRONOUN})$`);
/** `pt.s mand`, `mosters mand`, `parrets datter`. */
const OWNED_BY_ROLE = new RegExp(
  `^(?:pt\\.|brg\\.|borgeren|patienten|ansøgeren|lejer(?:en)?|parret|familien|beboeren|barnet|børnene|drengen|pigen|naboen|afdøde|\\p{L}{2,20}(?:manden|eren|øren|løberen|konen)|${STEMS})(?:en|n|et)?s$`,
  'u',
);
/** Needs a possessive before it: alone it is an ordinary word ("mand" as well as "hans mand"). */
const NEEDS_OWNER =
  /^(?:mand|barn|børn|dreng|pige|piger|drenge|ven|venner|lejer|vidne|eks|ex|søn|sønner|logerende|ungkarl|partner|bekendt|bekendte|bedste|værge|pater|papa|flirt|søskende|forældre|familiemedlem|pårørende|tvilling|kollega|elsker)$/;
/** A heading or a part in a case, which alone points at nobody. */
const PART_IN_A_CASE = /^(?:vidne|anmelder|underretter|pårørende|kautionist|værge|fremlejetager|kreditor|afdøde)$/;
const NOTIFIER = /^(?:anmelder|underretter|tipser|vidne|nabo)/;

/** Words by which a file speaks of the citizen whose it is. */
export function speaksOfCitizen({ folded }: Reading): boolean {
  return folded.search(SELF) !== -1;
}

/** What points at somebody even where nobody is named: who reports, and who writes of his own. A guide says "din ægtefælle" to everybody. */
export function pointsAtSomebody({ folded }: Reading, { start, end }: Mention): boolean {
  const written = folded.slice(start, end);
  return NOTIFIER.test(written) || FIRST_PERSON.test(written);
}

/** Phrases for a private relation: "hans mor", "naboen", "Livs nye kæreste". Whose relation decides whether it is proposed. */
export function relationMentions(people: People, reading: Reading, named: Mentions): Mention[] {
  const mentions: Mention[] = [];
  for (const match of reading.folded.matchAll(PATTERN)) {
    const mention = relationOf(people, reading, named, match);
    if (mention) mentions.push(mention);
  }
  for (const pattern of [DESCRIBED, LIVES_NEAR]) {
    for (const match of reading.folded.matchAll(pattern)) {
      const isFree = !mentions.some(({ start, end }) => start < match.index + match[0].length && end > match.index);
      if (isFree) mentions.push(relation(match.index, match.index + match[0].length, null, false, 0.5));
    }
  }
  for (const match of reading.folded.matchAll(SELF)) {
    const self = relation(match.index, match.index + match[0].length, people.requester ?? null, true, 0.5);
    mentions.push({ ...self, kind: 'self' });
  }
  return mentions;
}

function relationOf(people: People, reading: Reading, named: Mentions, match: RegExpMatchArray): Mention | null {
  const [whole, owner = '', , stem = '', ending = '', whereabouts = ''] = match;
  const ownerWord = owner.trim();
  const isPronoun = IS_PRONOUN.test(ownerWord);
  const ownerName = ownerWord && !isPronoun ? named.endingAt(match.index! + ownerWord.length) : null;
  const isOwnedByRole = OWNED_BY_ROLE.test(ownerWord);
  const hasOwner = isPronoun || ownerName !== null || isOwnedByRole;
  const at = match.index! + owner.length;
  if (!hasOwner && NEEDS_OWNER.test(stem) && ending === '' && !isListed(reading, at)) return null;
  if (!hasOwner && /^(?:børn|forældre|søskende|venner|kolleger|piger|drenge)$/.test(stem)) return null;
  if (!hasOwner && ending === '' && PART_IN_A_CASE.test(stem)) return null;
  if (/^moderne(?:s)?$/.test(stem + ending) && !hasOwner) return null;
  const start = isPronoun || isOwnedByRole ? match.index! : at;
  const end = match.index! + whole.length;
  const kin = kinOf(stem);
  const called = isNotAPerson(ownerWord, stem) ? null : namedBeside(named, reading, start, end - whereabouts.length);
  if (called) {
    const kept = called.person?.access === 'own';
    // Whose relation it is points at somebody whose name is nowhere to stand.
    const from = called.person?.access === 'protected' ? match.index! : start;
    return relation(from, end, called.person, kept, 0.7);
  }
  const ownerPerson = ownerName?.person ?? null;
  const isOwn = isKinOfRequester(people, { kin, stem, owner: ownerWord, ownerPerson });
  if (isOwn) return relation(start, end, people.requester ?? null, true, 0.6);
  return relation(start, end, partyMeant(people, kin, ownerWord, ownerPerson), false, hasOwner ? 0.7 : 0.55);
}

function relation(start: number, end: number, person: Person | null, isKept: boolean, confidence: number): Mention {
  return { start, end, kind: 'relation', type: 'RELATION', person, isKept, confidence };
}

/** The person whose name stands beside the word: `naboen Lone Due`, `Lone Due, hans søster`, `Lone (mor)`. */
function namedBeside(named: Mentions, reading: Reading, start: number, end: number): Mention | null {
  const after = named.after(end, end + 4);
  if (after && /^(?: |, | \(|: )$/.test(reading.text.slice(end, after.start))) return after;
  const before = named.before(start, Math.max(0, start - 8));
  if (before && /^(?:, | \(| – | - | er )$/.test(reading.text.slice(before.end, start))) return before;
  return null;
}

function isNotAPerson(owner: string, stem: string): boolean {
  return owner === 'mine' || NOTIFIER.test(stem);
}

/** `mor:`, `(mor)`, `- mor,`: a list of who is who. */
function isListed(reading: Reading, start: number): boolean {
  return (
    /[(,:/=–-] ?$|\n ?$/.test(reading.text.slice(Math.max(0, start - 2), start)) ||
    /^\p{Lu}/u.test(reading.text.slice(start, start + 1))
  );
}

const KIND_OF_STEM = new Map(
  (Object.entries(KIN_STEMS) as [Kin, string][]).flatMap(([kin, stems]) => stems.split('|').map((stem) => [stem, kin])),
);

function kinOf(stem: string): Kin {
  return KIND_OF_STEM.get(stem) ?? 'other';
}

const PARTY_ROLE: Partial<Record<Kin, RegExp>> = {
  mother: /\bmother\b|\bmor\b|\bmoder\b/i,
  father: /\bfather\b|\bfar\b|\bfader\b/i,
  child: /\bchild\b|\bson\b|\bdaughter\b|\bbarn\b|\bsøn\b|\bdatter\b/i,
  spouse: /\bspouse\b|\bpartner\b|\bcohabitant\b|\bægtefælle\b|\bsamlever\b|\bkæreste\b/i,
};

/** The party of the register that the relation points at, when it is the requester's or nobody's in particular. */
function partyMeant(people: People, kin: Kin, owner: string, ownerPerson: Person | null): Person | null {
  const role = PARTY_ROLE[kin];
  if (!role || owner === '' || (ownerPerson && ownerPerson.access !== 'own')) return null;
  const party = people.all.find((person) => person.fromRegister && person.access !== 'own' && role.test(person.role));
  return party ?? null;
}
