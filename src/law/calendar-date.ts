/** A day as `YYYY-MM-DD` in the Danish calendar, without clock and zone. */
export type CalendarDate = string;

const DAY_MS = 86_400_000;

/** Says what is wrong with a date that a person or another system gave. */
export class DateError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DateError';
  }
}

/**
 * Milliseconds of the day's midnight in UTC.
 * @throws DateError when the text is not an existing day between 1900 and 2199 written `YYYY-MM-DD`.
 */
export function dayInMs(date: CalendarDate): number {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!parts)
    throw new DateError(`"${date.slice(0, 40)}" is not a date. Write it as YYYY-MM-DD, for example 2026-12-15.`);
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const ms = Date.UTC(year, month - 1, day);
  if (new Date(ms).toISOString().slice(0, 10) !== date) {
    throw new DateError(`The day ${date} does not exist in the calendar. Write an existing day as YYYY-MM-DD.`);
  }
  if (year < 1900 || year > 2199) throw new DateError(`The year of ${date} is outside 1900 to 2199. Check the date.`);
  return ms;
}

/** Whether the text is an existing day between 1900 and 2199 written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  try {
    dayInMs(text);
    return true;
  } catch {
    return false;
  }
}

/** The day that is `days` after `date` (before, when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(dayInMs(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The same day number `months` later; the last day of that month when it has no such day. */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const from = new Date(dayInMs(date));
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0));
  lastDay.setUTCDate(Math.min(from.getUTCDate(), lastDay.getUTCDate()));
  return lastDay.toISOString().slice(0, 10);
}

/** 0 for Sunday to 6 for Saturday. */
export function weekday(date: CalendarDate): number {
  return new Date(dayInMs(date)).getUTCDay();
}
