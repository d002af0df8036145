import type { Kin } from './kin-words';
import type { People } from './people';
import type { Person } from './person';

/** A word for a relation with whose it is said to be. */
export interface SaidKin {
  kin: Kin;
  /** Base form, folded: `mormor`. */
  stem: string;
  /** The possessive before it, folded: `min`, `hans`, `Sofies`; empty when none. */
  owner: string;
  ownerPerson: Person | null;
}

const ROLE_WORD: Partial<Record<Kin, RegExp>> = {
  mother: /\bmother\b|\bmor\b|\bmoder\b/i,
  father: /\bfather\b|\bfar\b|\bfader\b/i,
  child: /\bchild\b|\bson\b|\bdaughter\b|\bbarn\b|\bsøn\b|\bdatter\b/i,
};
const SPOUSE_ROLE =
  /^(?!.*(?:former|separated|tidl|fraskilt|ex)).*\bspouse\b|\bpartner\b|\bcohabitant\b|\bægtefælle\b|\bsamlever\b/i;
/** What a requester who is neither parent nor child is called. */
const FURTHER_ROLES: readonly [role: RegExp, stems: RegExp][] = [
  [/grandmother|mormor|farmor|bedstemor/i, /^(?:mormor|mormoder|farmor|farmoder|bedstemor|bedstemoder)$/],
  [/grandfather|morfar|farfar|bedstefar/i, /^(?:morfar|morfader|farfar|farfader|bedstefar|bedstefader)$/],
  [/foster mother|plejemor/i, /^(?:plejemor|plejemoder)$/],
  [/foster father|plejefar/i, /^(?:plejefar|plejefader)$/],
  [/foster parent|foster family|plejefamilie|plejeforældre/i, /^pleje(?:forældre|familie|mor|moder|far|fader)$/],
  [/\baunt\b|\bmoster\b|\bfaster\b/i, /^(?:moster|faster|tante)$/],
  [/\buncle\b|\bonkel\b|\bmorbror\b|\bfarbror\b/i, /^(?:onkel|morbror|farbror|morbroder|farbroder)$/],
  [/step-?mother|stedmor/i, /^(?:stedmor|stedmoder|bonusmor|papmor)$/],
  [/step-?father|stedfar/i, /^(?:stedfar|stedfader|bonusfar|papfar)$/],
  [/\btenant\b|\blejer\b/i, /^lejer$/],
];
const OF_ANOTHER = /^(?:min|mine|hans|hendes|deres|vores)$/;

/** True when the word means the requester or a child in his or her custody: "mor" where the requester is the mother. */
export function isKinOfRequester(people: People, { kin, stem, owner, ownerPerson }: SaidKin): boolean {
  const { requester } = people;
  if (!requester || OF_ANOTHER.test(owner)) return false;
  const ownChildren = people.all.filter(
    (person) =>
      person.fromRegister && person.access === 'own' && person !== requester && ROLE_WORD.child!.test(person.role),
  );
  if (kin === 'child') return ownChildren.length > 0 && (ownerPerson === null || ownerPerson === requester);
  if (/^(?:din|dine|jeres|egen|egne|sin|sine)$/.test(owner)) return false;
  if (kin === 'spouse') return ownerPerson !== null && ownerPerson.fromRegister && SPOUSE_ROLE.test(ownerPerson.role);
  if (kin === 'other') return FURTHER_ROLES.some(([role, stems]) => role.test(requester.role) && stems.test(stem));
  if (ownerPerson) return ownChildren.includes(ownerPerson) && isParent(requester, kin);
  return isParent(requester, kin) && (ownChildren.length > 0 || ROLE_WORD[kin]!.test(requester.role));
}

/** By the role, else by the last figure of the CPR number: odd is a man. */
function isParent(requester: Person, kin: Kin): boolean {
  if (ROLE_WORD.mother!.test(requester.role)) return kin === 'mother';
  if (ROLE_WORD.father!.test(requester.role)) return kin === 'father';
  if (!requester.cpr) return false;
  return (Number(requester.cpr.at(-1)) % 2 === 1 ? 'father' : 'mother') === kin;
}
