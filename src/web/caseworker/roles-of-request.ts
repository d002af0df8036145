import type { EntityManager } from 'typeorm';
import type { Persons } from '../../redaction/persons/persons';
import { roleInWords } from './roles-in-words';

/** The persons of a request by key, each in words for the role; empty once the working copies are deleted. */
export async function rolesOfRequest(
  entities: EntityManager,
  persons: Persons,
  { authorityId, id }: { authorityId: string; id: string },
): Promise<Map<string, string>> {
  const judged = await persons.judged(entities, authorityId, id);
  return new Map([...judged.persons.values()].map(({ key, role }) => [key, roleInWords(role)]));
}
