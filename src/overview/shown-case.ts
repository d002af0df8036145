import type { RecordsCase } from '../contracts';
import { withoutCpr } from '../records';
import { areaOf, subjectOf } from './case-subject';

/** A case of the citizen's own, in words that hold no other person and no CPR number. */
export interface ShownCase {
  area: string;
  subject: string;
  /** Absent when the source's number is not a plain number. */
  caseNumber?: string;
  /** Undefined when the source does not say. */
  isOpen?: boolean;
  openedOn?: string;
  closedOn?: string;
  unit?: string;
}

/** Which cases do not exist for the citizen before a jurist has said otherwise: KLE numbers or beginnings of them. */
export interface Protection {
  hiddenKle: readonly string[];
}

/**
 * The only place that decides whether a citizen sees that a case exists. Left out: cases in which the citizen is not
 * the primary party, and subjects whose mere existence is protected. When subjects are protected, a case without a
 * subject cannot be judged and is left out too.
 */
export function isShownTo(cpr: string, found: RecordsCase, { hiddenKle }: Protection): boolean {
  const isPrimary = found.parties.some((party) => party.role === 'primary' && digits(party.cpr) === digits(cpr));
  if (!isPrimary) return false;
  if (hiddenKle.length === 0) return true;
  const { kle } = found;
  return kle !== undefined && !hiddenKle.some((prefix) => kle.startsWith(prefix));
}

export function shownCase(found: RecordsCase): ShownCase {
  return {
    area: areaOf(found.kle),
    subject: subjectOf(found.kle),
    caseNumber: plainNumber(found.caseNumber),
    isOpen: found.open,
    openedOn: found.openedAt,
    closedOn: found.closedAt,
    unit: found.responsibleUnit,
  };
}

/** Some systems put a CPR number or a name into the case number. */
function plainNumber(caseNumber: string | undefined): string | undefined {
  if (!caseNumber || withoutCpr(caseNumber) !== caseNumber) return undefined;
  return /^\d[\d.\-/A-ZÆØÅ]{2,29}$/.test(caseNumber) ? caseNumber : undefined;
}

function digits(cpr: string | undefined): string {
  return (cpr ?? '').replace(/\D/g, '') || 'none';
}
