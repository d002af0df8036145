import type { EntityManager } from 'typeorm';
import { PersonChoice } from '../../redaction/persons/person-choice.entity';
import type { PersonChange } from '../views/personer';

/** The latest change of a request's persons, or the one that was just taken back, in words. */
export async function latestChange(
  entities: EntityManager,
  requestId: string,
  nameOf: (key: string) => string,
  staffNames: Map<string, string>,
): Promise<PersonChange | null> {
  const rows = await entities.find(PersonChoice, { where: { requestId }, order: { seq: 'DESC' } });
  const latest = rows.sort((a, b) => lastTouched(b) - lastTouched(a))[0];
  if (!latest) return null;
  const { effect } = latest;
  const isUndone = latest.undoneAt !== null;
  return {
    what: isUndone ? `Fortrudt: ${whatWasDone(latest, nameOf)}` : whatWasDone(latest, nameOf),
    effect: effectInWords(effect.changed, effect.documents),
    notes: [
      ...(effect.standing > 0
        ? [
            `${countOf(effect.standing, 'afgørelse', 'afgørelser')}, som en medarbejder har taget enkeltvis, står ved magt. Se på dem.`,
          ]
        : []),
      ...(effect.withoutGround > 0
        ? [
            `${countOf(effect.withoutGround, 'sted mangler', 'steder mangler')} en bestemmelse, som passer til sagen. Vælg den på siden.`,
          ]
        : []),
    ],
    by: staffNames.get(latest.undoneBy ?? latest.madeBy) ?? 'En medarbejder',
    at: latest.undoneAt ?? latest.madeAt,
    isUndone: rows.every(({ undoneAt }) => undoneAt !== null),
  };
}

function lastTouched({ madeAt, undoneAt }: PersonChoice): number {
  return Math.max(madeAt.getTime(), undoneAt?.getTime() ?? 0);
}

function whatWasDone({ kind, partyKey, intoKey, decision }: PersonChoice, nameOf: (key: string) => string): string {
  const name = nameOf(partyKey ?? '');
  switch (kind) {
    case 'merge':
      return `${name} er samlet med ${nameOf(intoKey ?? '')}`;
    case 'split':
      return `${nameOf(intoKey ?? '')} er skilt ud fra ${name}`;
    case 'part':
      return `${name} har fået en anden rolle`;
    case 'everywhere':
      if (decision === null) return `${name} afgøres hvert sted for sig`;
      return `${name} ${decision === 'remove' ? 'fjernes' : 'beholdes'} overalt`;
    case 'text':
      return `En tekst ${decision === 'remove' ? 'fjernes' : 'beholdes'} overalt`;
  }
}

export function effectInWords(changed: number, documents: number): string {
  if (changed === 0) return 'Ingen forslag ændret';
  return `${changed} forslag ændret i ${countOf(documents, 'dokument', 'dokumenter')}`;
}

function countOf(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
