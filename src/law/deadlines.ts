import { addDays, addMonths, dayInMs, type CalendarDate } from './calendar-date';
import type { LegalBasis } from './legal-basis';
import { addWorkingDays, workingDayOnOrAfter, type SoftHolidays } from './working-days';

/** A due date in both readings of 5 June, 24 December and 31 December; the municipality keeps `strict`. */
export type BothReadings = Record<SoftHolidays, CalendarDate>;

export interface WorkingDayDeadlines {
  /** Undoubted documents go out: OFL § 36, stk. 2, first tier of the Ombudsman. */
  workingDays2: BothReadings;
  /** The deadline of OFL § 36, stk. 2, FVL § 16, stk. 2 and SUL § 38; a late notice must be sent before it ends. */
  workingDays7: BothReadings;
  /** Extensive requests; after it the citizen may complain over the time used (OFL § 39). */
  workingDays14: BothReadings;
  /** The appeal body's time (OFL §§ 37 and 39). */
  workingDays20: BothReadings;
  /** Quite special cases. */
  workingDays40: BothReadings;
}

export interface Deadlines extends WorkingDayDeadlines {
  /** Day 0, at any hour. */
  received: CalendarDate;
  basis: LegalBasis | null;
  /** The day by which the request must be decided under `basis`; the shortest one when no basis is given. */
  due: CalendarDate;
  /** GDPR article 12(3), with Regulation 1182/71: rolls to a working day. */
  gdpr: { month: CalendarDate; extended: CalendarDate };
  /** Environmental information: notice within ten calendar days; null for other bases. */
  environmentalNotice: CalendarDate | null;
}

/**
 * All due dates of a request for access.
 * @param received the day the request reached the municipality in the Danish calendar, `YYYY-MM-DD`
 * @throws DateError when `received` is not an existing day
 */
export function deadlines(received: CalendarDate, basis: LegalBasis | null = null): Deadlines {
  dayInMs(received);
  const workingDays7 = inWorkingDays(received, 7);
  const gdpr = { month: gdprMonths(received, 1), extended: gdprMonths(received, 3) };
  return {
    received,
    basis,
    due: dueUnder(basis, received, workingDays7.strict, gdpr.month),
    workingDays2: inWorkingDays(received, 2),
    workingDays7,
    workingDays14: inWorkingDays(received, 14),
    workingDays20: inWorkingDays(received, 20),
    workingDays40: inWorkingDays(received, 40),
    gdpr,
    environmentalNotice: isEnvironmental(basis) ? addDays(received, 10) : null,
  };
}

/** A number of working days after `received`, in both readings. */
export function inWorkingDays(received: CalendarDate, count: number): BothReadings {
  return {
    strict: addWorkingDays(received, count, 'strict'),
    lenient: addWorkingDays(received, count, 'lenient'),
  };
}

/**
 * Last day of a citizen's complaint period of four weeks in a case that has one (never over an access decision). Soft
 * holidays extend it.
 */
export function fourWeekComplaintLimit(delivered: CalendarDate): CalendarDate {
  return workingDayOnOrAfter(addDays(delivered, 28), 'lenient');
}

/** Same day next month, the month's last day when missing, rolled to a working day. */
export function gdprMonths(received: CalendarDate, months: number): CalendarDate {
  return workingDayOnOrAfter(addMonths(received, months), 'strict');
}

function dueUnder(
  basis: LegalBasis | null,
  received: CalendarDate,
  sevenDays: CalendarDate,
  gdprMonth: CalendarDate,
): CalendarDate {
  if (basis === 'GDPR_15') return gdprMonth;
  // Miljøoplysningsloven: one month, without the roll to a working day, which gives the safer date.
  if (isEnvironmental(basis)) return addMonths(received, 1);
  return sevenDays;
}

function isEnvironmental(basis: LegalBasis | null): boolean {
  return basis === 'MOL_PART' || basis === 'MOL_ALLE';
}
