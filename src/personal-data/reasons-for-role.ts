import type { PartyAccess, SpanType } from '../contracts';
import { named } from './person';
import { reasonFor } from './reasons';

/** The staff's sentence about a finding when it is known otherwise than from the text around it who is meant. */
export function reasonForRole(
  type: SpanType,
  person: { id: string; name: string; role: string; access: PartyAccess } | null,
  isToGo: boolean,
  because = '',
): string {
  return reasonFor(type, person && named(person.id, person.name, person.role, person.access), !isToGo, because);
}
