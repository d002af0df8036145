import type { Mention } from './mention';
import type { People } from './people';
import type { Person } from './person';
import type { Reading } from './tokens';

type Kin = 'mother' | 'father' | 'child' | 'other';

/** Stems of words for a private relation; endings (definite, genitive) are added by the pattern. */
const KIN: Record<Kin, string> = {
  mother: 'mor|moder',
  father: 'far|fader',
  child: 'datter|døtre|søn|sønner|barn|dreng|pige',
  other:
    'bror|broder|brødre|søster|søstre|søskende|kone|hustru|ægtefælle|samlever|samleverske|kæreste|forlovede?|eks|ex|ekskone|eksmand|ekskæreste|' +
    'mormor|morfar|farmor|farfar|mormoder|farmoder|bedstemor|bedstefar|bedsteforældre|oldemor|oldefar|onkel|tante|moster|faster|morbror|farbror|kusine|fætter|niece|nevø|søstersøn|' +
    'barnebarn|børnebørn|enke|enkemand|veninde|ven|kammerat|klassekammerat|kollega|kolleger|nabo|naboerske|genbo|overbo|underbo|udlejer|udlejerske|roomie|' +
    'anmelder|underretter|plejemor|plejefar|plejefamilie|plejeforældre|plejebror|plejesøster|stedmor|stedfar|stedfader|stedmoder|steddatter|stedsøn|stedbror|stedsøster|papfar|papmor|' +
    'svigermor|svigerfar|svigersøn|svigerdatter|svigerinde|svoger|svigerforældre|halvbror|halvsøster|storebror|storesøster|lillebror|lillesøster|tvillingebror|tvillingesøster|' +
    'forældre|forlovede|mater|pater|soror|frater|gudmor|gudfar|logerende|lejer|ungkarl|imam|mand',
};
const POSSESSIVE =
  "(?:(?:min|mine|sin|sine|hans|hendes|deres|jeres|vores|din|dine|dennes)[ ]|\\p{L}[\\p{L}-]{1,30}(?:s|'|’|'s)[ ]|(?:pt|brg)\\.s[ ])";
const ADJECTIVE =
  '(?:(?:ny|nye|tidl\\.|tidligere|første|anden|afdøde|sal\\.|egen|egne|biologisk|biologiske|gamle|unge|lille|ældste|yngste|anonym|anonyme|fraskilte|store|døde)[ ])';
const ENDING = "(?:en|n|et|ne|erne|inden|eren|ens|ns|ernes|s)?(?:'en|’en)?";
const PATTERN = new RegExp(
  `(?<![\\p{L}\\p{N}-])(${POSSESSIVE})?(${ADJECTIVE}?)(${Object.values(KIN).join('|')})(?:m)?(${ENDING})(?![\\p{L}\\p{N}-])`,
  'gu',
);
const SELF =
  /(?<![\p{L}\p{N}-])(?:borger(?:en|ens)?|brg(?:\.s)?|pt(?:\.s)?|patient(?:en|ens)?|ansøger(?:en|ens)?|klageren)(?![\p{L}\p{N}])/gu;
/** `pt.s mand`, `mosters mand`. */
const OWNED_BY_KIN = new RegExp(`^(?:pt\\.|brg\\.|borgeren|${Object.values(KIN).join('|')})(?:en|n)?s$`, 'u');
/** Needs a possessive before it: alone it is an ordinary word ("mand" as well as "hans mand"). */
const NEEDS_OWNER = /^(?:mand|barn|dreng|pige|ven|lejer|far|mor|børn|eks|ex|søn|logerende|ungkarl)$/;

/** Phrases for a private relation: "hans mor", "naboen", "Livs nye kæreste". Whose relation decides whether it is proposed. */
export function relationMentions(people: People, reading: Reading, nameAt: (end: number) => Person | null): Mention[] {
  const mentions: Mention[] = [];
  for (const match of reading.folded.matchAll(PATTERN)) {
    const [whole, owner = '', adjective = '', stem = '', ending = ''] = match;
    const ownerWord = owner.trim();
    const isPronoun = /^(?:min|mine|sin|sine|hans|hendes|deres|jeres|vores|din|dine|dennes)$/.test(ownerWord);
    const ownerPerson = ownerWord && !isPronoun ? nameAt(match.index + ownerWord.length) : null;
    const hasOwner = isPronoun || ownerPerson !== null || OWNED_BY_KIN.test(ownerWord);
    if (!hasOwner && NEEDS_OWNER.test(stem) && ending === '' && !isListed(reading, match.index + owner.length))
      continue;
    const start = match.index + (isPronoun ? 0 : owner.length);
    const end = match.index + whole.length;
    const kin = kinOf(stem);
    const person = partyMeant(people, kin, ownerWord, ownerPerson);
    const kept = isRequesterOrOwnChild(people, kin, ownerWord, ownerPerson);
    mentions.push({
      start: adjective && !isPronoun ? start : start,
      end,
      kind: 'relation',
      type: 'RELATION',
      person: kept ? (people.requester ?? null) : person,
      isKept: kept,
      confidence: hasOwner ? 0.7 : 0.55,
    });
  }
  for (const match of reading.folded.matchAll(SELF)) {
    mentions.push({
      start: match.index,
      end: match.index + match[0].length,
      kind: 'self',
      type: 'RELATION',
      person: people.requester ?? null,
      isKept: true,
      confidence: 0.5,
    });
  }
  return mentions;
}

/** `mor:`, `(mor)`, `- mor,`: a list of who is who. */
function isListed(reading: Reading, start: number): boolean {
  return (
    /[(,:/=–-] ?$|\n ?$/.test(reading.text.slice(Math.max(0, start - 2), start)) ||
    /^\p{Lu}/u.test(reading.text.slice(start, start + 1))
  );
}

function kinOf(stem: string): Kin {
  for (const kin of ['mother', 'father', 'child'] as const) {
    if (new RegExp(`^(?:${KIN[kin]})$`).test(stem)) return kin;
  }
  return 'other';
}

const ROLE_WORD: Record<Kin, RegExp> = {
  mother: /\bmother\b|\bmor\b|\bmoder\b/i,
  father: /\bfather\b|\bfar\b|\bfader\b/i,
  child: /\bchild\b|\bson\b|\bdaughter\b|\bbarn\b/i,
  other: /(?!)/,
};

/** "mor" in a case where the requester is the mother, "sønnen" where the child is the requester's own. */
function isRequesterOrOwnChild(people: People, kin: Kin, owner: string, ownerPerson: Person | null): boolean {
  const { requester } = people;
  if (!requester || kin === 'other' || /^(?:din|dine|mine|min|hans|hendes|deres)$/.test(owner)) return false;
  const ownChildren = people.all.filter(
    (person) =>
      person.fromRegister && person.access === 'own' && person !== requester && ROLE_WORD.child.test(person.role),
  );
  if (kin === 'child')
    return (
      ownChildren.length > 0 &&
      (ownerPerson === null || ownerPerson === requester) &&
      !/^(?:hans|hendes|deres)$/.test(owner)
    );
  if (ownerPerson) return ownChildren.includes(ownerPerson) && isParent(requester, kin);
  return isParent(requester, kin) && (ownChildren.length > 0 || ROLE_WORD[kin].test(requester.role));
}

/** By the role, else by the last figure of the CPR number: odd is a man. */
function isParent(requester: Person, kin: Kin): boolean {
  if (ROLE_WORD.mother.test(requester.role)) return kin === 'mother';
  if (ROLE_WORD.father.test(requester.role)) return kin === 'father';
  if (!requester.cpr) return false;
  return (Number(requester.cpr.at(-1)) % 2 === 1 ? 'father' : 'mother') === kin;
}

function partyMeant(people: People, kin: Kin, owner: string, ownerPerson: Person | null): Person | null {
  if (kin === 'other' || owner === '' || (ownerPerson && ownerPerson.access !== 'own')) return null;
  return (
    people.all.find((person) => person.fromRegister && person.access !== 'own' && ROLE_WORD[kin].test(person.role)) ??
    null
  );
}
