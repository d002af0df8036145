import type { PersonStatus } from '../contracts';
import type { Recipient } from './recipients';

/** What the register of persons says that bears on who may get an answer. */
export const PERSON_FACTS = [
  'custody-lost',
  'other-guardian',
  'recipient-gone',
  'dead',
  'missing',
  'unknown',
  'new-number',
  'abroad',
  'address-protected',
] as const;
export type PersonFact = (typeof PERSON_FACTS)[number];
/** Somebody else in the documents has a protected address; by the key in the request's register of parties. */
export type OtherFact = `other-${string}`;
export type RegisterFact = PersonFact | OtherFact;

/** Those of the names that are facts: what a form brings back. */
export function registerFacts(names: string[]): RegisterFact[] {
  const isFact = (name: string): name is RegisterFact =>
    (PERSON_FACTS as readonly string[]).includes(name) || /^other-[A-Z]\d{1,6}$/.test(name);
  return names.filter(isFact);
}

/** `citizen`, `own`: what the register says of the citizen and of the person who receives; null: it was not asked. */
export function personFacts(
  recipient: Recipient,
  citizen: PersonStatus | null,
  own: PersonStatus | null,
): PersonFact[] {
  const isGone = own !== null && (!own.isPresentNumber || ['dead', 'missing', 'unknown'].includes(own.state));
  return PERSON_FACTS.filter((fact) => {
    if (citizen === null) return fact === 'recipient-gone' && isGone;
    switch (fact) {
      case 'custody-lost':
        return isBy(recipient, 'custody') && !citizen.custodyHolders.includes(recipient.cpr);
      case 'other-guardian':
        // The register does not know every guardianship; one that it knows rules out another.
        return (
          isBy(recipient, 'guardian') && citizen.guardians.length > 0 && !citizen.guardians.includes(recipient.cpr)
        );
      case 'recipient-gone':
        return isGone;
      case 'new-number':
        return citizen.state !== 'unknown' && !citizen.isPresentNumber;
      case 'address-protected':
        return citizen.isAddressProtected;
      default:
        return citizen.state === fact;
    }
  });
}

/** What the approver is told. */
export const FACT_WORDS: Record<PersonFact, string> = {
  'custody-lost': 'Modtageren har ikke forældremyndighed over barnet ifølge CPR.',
  'other-guardian': 'CPR har en anden værge for borgeren end modtageren.',
  'recipient-gone': 'Modtageren er død eller forsvundet ifølge CPR eller har fået et nyt personnummer.',
  dead: 'Borgeren er død ifølge CPR.',
  missing: 'Borgeren er meldt forsvundet i CPR.',
  unknown: 'CPR kender ikke borgerens personnummer.',
  'new-number': 'Borgeren har fået et nyt personnummer.',
  abroad: 'Borgeren er udrejst ifølge CPR.',
  'address-protected': 'Borgeren har adressebeskyttelse.',
};

/** What is to be done when it stops a sending. */
const WAYS_OUT: Record<PersonFact, string> = {
  'custody-lost':
    'Intet er sendt. Vælg en anden modtager, og godkend igen. En forælder uden forældremyndighed kan i stedet bede om orientering efter forældreansvarslovens § 23.',
  'other-guardian': 'Intet er sendt. Find ud af, hvem der er værge, vælg den rigtige modtager, og godkend igen.',
  'recipient-gone': 'Intet er sendt. Vælg en anden modtager, og godkend igen.',
  dead: 'Svaret er ikke sendt. En jurist skal vurdere, om boet eller de efterladte har ret til det.',
  missing: 'Svaret er ikke sendt. Find ud af, hvem der kan tage imod det for borgeren.',
  unknown: 'Svaret er ikke sendt. Undersøg i CPR, hvem borgeren er, før nogen får svaret.',
  'new-number': 'Svaret er ikke sendt. En jurist skal vurdere, hvilke oplysninger der hører til det nye nummer.',
  abroad: 'Svaret er ikke sendt. Find ud af, om borgeren stadig læser sin Digital Post, og godkend igen.',
  'address-protected':
    'Intet er sendt, fordi en anden end borgeren skal have svaret. Se efter, at adressen er fjernet i alle dokumenter, og godkend igen.',
};

const OTHER_PERSON =
  'Nogen, der er nævnt i dokumenterne, har adressebeskyttelse i CPR, og det stod der ikke, da svaret blev godkendt. Intet er sendt. Se på siden, hvor svaret godkendes, hvem det er, se efter, at adressen er fjernet i alle dokumenter, og godkend igen.';

/** What the register says and what is to be done, when it stops a sending. */
export function stopInWords(fact: RegisterFact): string {
  return isAboutOther(fact) ? OTHER_PERSON : `${FACT_WORDS[fact]} ${WAYS_OUT[fact]}`;
}

export function isAboutOther(fact: RegisterFact): fact is OtherFact {
  return fact.startsWith('other-') && fact !== 'other-guardian';
}

/** One that no approval can overrule for this recipient. */
export function alwaysStops(fact: RegisterFact, { kind }: Recipient): boolean {
  if (['custody-lost', 'other-guardian', 'recipient-gone'].includes(fact)) return true;
  return kind === 'citizen' && ['dead', 'missing', 'unknown', 'new-number'].includes(fact);
}

/**
 * The gravest of what stops a sending; null when nothing does. `held`: somebody must find out how the answer is given.
 * `void`: the approver must look again. What the approver was shown stops nothing that an approval can overrule.
 */
export function obstacleOf(
  facts: RegisterFact[],
  shown: RegisterFact[],
  recipient: Recipient,
): { kind: 'held' | 'void'; sentence: string } | null {
  const fact = facts.find((each) => alwaysStops(each, recipient) || isNews(each, shown, recipient));
  if (!fact) return null;
  const isHeld = recipient.kind === 'citizen' && alwaysStops(fact, recipient);
  return { kind: isHeld ? 'held' : 'void', sentence: stopInWords(fact) };
}

/** One's own protected address may stand in what one gets; the way of a letter is closed elsewhere. */
function isNews(fact: RegisterFact, shown: RegisterFact[], { kind }: Recipient): boolean {
  if (fact === 'address-protected' && kind === 'citizen') return false;
  return !shown.includes(fact);
}

function isBy(recipient: Recipient, by: 'custody' | 'guardian'): recipient is Extract<Recipient, { kind: 'person' }> {
  return recipient.kind === 'person' && recipient.by === by;
}
