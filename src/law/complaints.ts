import { ANKESTYRELSEN, appealRoute, KNOWN_BODIES, SUPERVISION, type AppealRoute } from './appeal-bodies';
import type { CalendarDate } from './calendar-date';
import { inWorkingDays, type BothReadings } from './deadlines';
import type { LegalBasis } from './legal-basis';

/** What a complaint is about: the answer as a whole, one document, one removed passage, or the time used. */
export const COMPLAINT_SUBJECTS = ['whole', 'document', 'passage', 'delay'] as const;
export type ComplaintSubject = (typeof COMPLAINT_SUBJECTS)[number];

/** The road of one complaint: who hears it, and how soon the municipality must have done its part. */
export interface ComplaintRoad extends Omit<AppealRoute, 'body'> {
  /** Null when the catalogue does not know: an employee must choose. */
  body: string | null;
  /** Working days until the municipality has reconsidered and forwarded, or has forwarded at once. */
  municipalityDays: number;
  /** Working days that the body has from when it got the complaint; null where the law names none. */
  bodyDays: number | null;
}

/** OFL § 37, stk. 2, and § 39: reconsider, and forward as a starting point within seven working days. */
const RECONSIDER_DAYS = 7;
/** OFL § 37, stk. 3, and § 39. */
const BODY_DAYS = 20;
/** FVL § 7, stk. 2: what came to the wrong place is forwarded at once. "Straks" is read as the next working day. */
const AT_ONCE_DAYS = 1;

/** Every body that a complaint over access can be heard by, for an employee's choice. */
export const APPEAL_BODIES: readonly string[] = [
  ...new Set([ANKESTYRELSEN, SUPERVISION, ...KNOWN_BODIES, 'Styrelsen for Patientklager', 'Datatilsynet']),
];

/**
 * The road of a complaint over access.
 * @param kle KLE subject of the underlying case; null when the case has none
 */
export function complaintRoad(subject: ComplaintSubject, basis: LegalBasis, kle: string | null): ComplaintRoad {
  const route = appealRoute(basis, kle);
  if (basis === 'OFL_EGENACCES' || basis === 'OFL_ALLE') {
    const legalSource = subject === 'delay' ? 'offentlighedslovens § 39' : 'offentlighedslovens § 37';
    return {
      ...{ body: route?.body ?? null, sendTo: 'municipality', legalSource },
      ...{ municipalityDays: RECONSIDER_DAYS, bodyDays: BODY_DAYS },
    };
  }
  const days = { municipalityDays: AT_ONCE_DAYS, bodyDays: null };
  // No rule like OFL § 39 is known for parties: the supervision looks at the time that a municipality takes.
  if (subject === 'delay' && basis !== 'GDPR_15' && basis !== 'SUL_37')
    return {
      body: SUPERVISION,
      sendTo: 'direct',
      legalSource: 'det kommunale tilsyn; ingen særlig klageregel for parter',
      ...days,
    };
  return {
    ...{
      body: route?.body ?? null,
      sendTo: 'direct',
      legalSource: route?.legalSource ?? 'forvaltningslovens § 7, stk. 2',
    },
    ...days,
  };
}

/** The last day on which the municipality has reconsidered and forwarded, or forwarded. `received`: the day it came. */
export function complaintDueOn(road: Pick<ComplaintRoad, 'municipalityDays'>, received: CalendarDate): BothReadings {
  return inWorkingDays(received, road.municipalityDays);
}

/** A case that is sent back must be decided anew within seven working days of when the municipality learns of it. */
export function remittedDueOn(informed: CalendarDate): BothReadings {
  return inWorkingDays(informed, RECONSIDER_DAYS);
}
