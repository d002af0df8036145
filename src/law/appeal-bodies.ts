import type { LegalBasis } from './legal-basis';

/** Where a complaint over an access decision is heard, and the road it takes (the road follows the basis). */
export interface AppealRoute {
  body: string;
  /** `direct`: to the body itself. `municipality`: to the municipality, which reconsiders and then forwards. */
  sendTo: 'direct' | 'municipality';
  /** The source of the routing, for staff. */
  legalSource: string;
}

export const ANKESTYRELSEN = 'Ankestyrelsen';
export const SUPERVISION = 'Ankestyrelsen (Det kommunale og regionale tilsyn)';
const ENVIRONMENT = 'Miljø- og Fødevareklagenævnet';

/**
 * KLE prefix of the underlying case -> the body that hears complaints over its decisions. The longest prefix wins. A
 * subject that is not here, or is null, is a manual choice, never a guess: 01.03 to 01.18 have several bodies, special
 * needs education (17.03) is in doubt.
 */
const BODY_BY_KLE: Readonly<Record<string, string | null>> = {
  '00': SUPERVISION,
  '01.02': 'Planklagenævnet',
  '01.05': ENVIRONMENT,
  '02': 'Byggeklageenheden',
  '05': 'Vejdirektoratet',
  '06': ENVIRONMENT,
  '07': ENVIRONMENT,
  '09': ENVIRONMENT,
  '13.03': 'Energiklagenævnet',
  '13.11': 'Energiklagenævnet',
  '15': ANKESTYRELSEN,
  '17': SUPERVISION,
  '17.03': null,
  '19': SUPERVISION,
  '21': SUPERVISION,
  '27': ANKESTYRELSEN,
  '28': SUPERVISION,
  '32': ANKESTYRELSEN,
  '81': SUPERVISION,
};

/** Every body of the catalogue, each once. */
export const KNOWN_BODIES: readonly string[] = [
  ...new Set(Object.values(BODY_BY_KLE).flatMap((body) => body ?? [])),
].sort();

/**
 * The appeal route of an access decision.
 * @param kle KLE subject of the underlying case, `27.24.00`; null when the case has none
 * @returns null when the catalogue does not know: a caseworker must choose
 */
export function appealRoute(basis: LegalBasis, kle: string | null): AppealRoute | null {
  if (basis === 'GDPR_15') {
    return { body: 'Datatilsynet', sendTo: 'direct', legalSource: 'databeskyttelsesforordningens artikel 77' };
  }
  if (basis === 'SUL_37') {
    return { body: 'Styrelsen for Patientklager', sendTo: 'direct', legalSource: 'sundhedslovens § 37' };
  }
  const body = bodyForSubject(kle);
  if (!body) return null;
  if (basis === 'FVL_PART') return { body, sendTo: 'direct', legalSource: 'forvaltningslovens § 16, stk. 4' };
  if (basis === 'MOL_PART' || basis === 'MOL_ALLE') {
    return { body, sendTo: 'direct', legalSource: 'miljøoplysningsloven' };
  }
  return { body, sendTo: 'municipality', legalSource: 'offentlighedslovens § 37' };
}

function bodyForSubject(kle: string | null): string | null {
  if (!kle || !/^\d{2}(\.\d{2}){0,2}$/.test(kle)) return null;
  const subject = kle.slice(0, 5);
  if (subject in BODY_BY_KLE) return BODY_BY_KLE[subject] ?? null;
  return BODY_BY_KLE[kle.slice(0, 2)] ?? null;
}
