import type { PartyAccess, Span } from '../contracts';
import type { People } from './people';

/** Somebody whom the texts of a request speak of, as the caseworker's list of persons shows him or her. */
export interface DetectedPerson {
  /** The register's id, or `P1`, `P2` … in the order of finding; the same texts and register give the same ids. */
  id: string;
  /** The fullest form that was written. */
  name: string;
  role: string;
  access: PartyAccess;
  fromRegister: boolean;
  /** One Danish sentence for staff: how the role is known. */
  evidence: string;
  /** Set when the texts show a private relation beside the work: a teacher who is also the neighbour. */
  privateRole: string | null;
  /** How many spans are about the person, by text id; texts without any are left out. */
  places: Map<string, number>;
}

/** The parties of the register and everybody found, those with most places first; who is nowhere in the texts comes last. */
export function personsIn(people: People, spans: ReadonlyMap<string, Span[]>): DetectedPerson[] {
  const places = new Map<string, Map<string, number>>();
  for (const [text, found] of spans) {
    for (const { person } of found) {
      if (person === null) continue;
      const byText = places.get(person) ?? new Map<string, number>();
      byText.set(text, (byText.get(text) ?? 0) + 1);
      places.set(person, byText);
    }
  }
  const total = (id: string): number => [...(places.get(id)?.values() ?? [])].reduce((sum, count) => sum + count, 0);
  return people.all
    .map(({ id, name, role, access, fromRegister, evidence, privateRole }) => ({
      id,
      name,
      role,
      access,
      fromRegister,
      evidence,
      privateRole,
      places: places.get(id) ?? new Map<string, number>(),
    }))
    .filter(({ fromRegister, places: found }) => fromRegister || found.size > 0)
    .sort((a, b) => total(b.id) - total(a.id));
}
