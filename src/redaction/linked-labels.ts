import type { PartyAccess } from '../contracts';
import { isSensitiveRole } from './proposed-ground';

/** What decides whether a person may have a number on the labels. */
export interface LabelledPassage {
  partyKey: string | null;
  role: string;
}

const BETWEEN = ' · ';
const CHILD = /\b(?:child|son|daughter|barn|barnet|datter|søn|stedbarn|plejebarn)\b/iu;

/**
 * `Person 1`, `Person 2` … for the persons of a request, the same number everywhere. To link is to identify: a notifier, a
 * person with a protected address and a child, whose words may have been said in confidence, never get one, nor does a person
 * who has such a role in any passage; and the numbers have no gaps that would tell of them.
 */
export function personLabels(
  passages: readonly LabelledPassage[],
  accessOf: ReadonlyMap<string, PartyAccess>,
): Map<string, string> {
  const refused = new Set(passages.filter((each) => isRefused(each, accessOf)).map(({ partyKey }) => partyKey));
  const keys = [...new Set(passages.map(({ partyKey }) => partyKey))]
    .filter((key): key is string => key !== null && !refused.has(key))
    .sort((a, b) => a.localeCompare(b, 'da', { numeric: true }));
  return new Map(keys.map((key, index) => [key, `Person ${index + 1}`]));
}

function isRefused({ partyKey, role }: LabelledPassage, accessOf: ReadonlyMap<string, PartyAccess>): boolean {
  if (isSensitiveRole(role) || CHILD.test(role)) return true;
  return partyKey !== null && accessOf.get(partyKey) === 'protected';
}

export function labelOf(person: string | undefined, provision: string | undefined): string | undefined {
  return person && provision ? `${person}${BETWEEN}${provision}` : provision;
}

/** `Person 2` of any form of a label that names a person, so that every text about a removed place agrees with its cover. */
export function personOf(label: string | undefined): string | undefined {
  return /^Person \d+(?= · |$)/u.exec(label ?? '')?.[0];
}

/** A box over words about several persons names none of them. */
export function jointLabel(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined || a === b) return a ?? b;
  return a.slice(a.includes(BETWEEN) ? a.indexOf(BETWEEN) + BETWEEN.length : 0);
}
