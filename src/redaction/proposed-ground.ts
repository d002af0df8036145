import { defaultGroundFor, type LegalBasis, type PassageKind } from '../law';

const KINDS: [RegExp, PassageKind][] = [
  [/notifier|underretter|anmelder/i, 'notifier'],
  [/protected|beskyttet/i, 'protected_address'],
  [/firm|company|virksomhed/i, 'business'],
  [/control|kontrol/i, 'control'],
];

/** The ground that the screen has chosen beforehand for a person with this role; null where a jurist must choose. */
export function proposedGround(basis: LegalBasis, role: string): string | null {
  const kind = KINDS.find(([pattern]) => pattern.test(role))?.[1] ?? 'third_party';
  return defaultGroundFor(basis, kind)?.id ?? null;
}

/** Passages whose decision needs a second person: who has notified, and where a protected person lives. */
export function isSensitiveRole(role: string): boolean {
  return KINDS.slice(0, 2).some(([pattern]) => pattern.test(role));
}
