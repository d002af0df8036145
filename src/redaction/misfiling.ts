import type { PartyRegister, Span } from '../contracts';

/** Numbers that name a person for certain. */
const NUMBERS = new Set(['CPR', 'CPR_PARTIAL', 'DOB']);

/**
 * A document that names somebody by number, and neither the requester nor anybody else whom the records systems know as a
 * party, was probably filed on the wrong citizen. Null when nothing points that way.
 */
export function misfilingFinding(spans: Span[], register: PartyRegister): string | null {
  const known = new Set(register.parties.map((party) => party.id));
  const namesAParty = spans.some(
    (span) => span.person !== null && known.has(span.person) && isAboutACitizen(span, register),
  );
  if (namesAParty) return null;
  const namesAStranger = spans.some(
    (span) => NUMBERS.has(span.type) && (span.person === null || !known.has(span.person)),
  );
  if (!namesAStranger) return null;
  return 'Dokumentet nævner hverken borgeren eller sagens andre parter, men et fremmed personnummer. Det kan være lagt på en forkert borger. Undersøg det, før noget udleveres, og vurder, om der er sket et brud på persondatasikkerheden.';
}

/** A caseworker's signature says nothing of whose document it is. */
function isAboutACitizen(span: Span, register: PartyRegister): boolean {
  const party = register.parties.find((each) => each.id === span.person);
  return party !== undefined && party.access !== 'employee' && party.access !== 'professional';
}
