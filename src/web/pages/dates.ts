import { clock, danishDay, longDate as dayOfMonth, moment as inWords, weekdayDate } from '../../law';

const DAY_ONLY = /^\d{4}-\d{2}-\d{2}$/;

/** A moment (`Date` or ISO timestamp) or a whole day (`YYYY-MM-DD`, which is the same day everywhere). */
export type Moment = Date | string;

function toDate(moment: Moment): Date {
  const date = moment instanceof Date ? moment : new Date(moment);
  if (Number.isNaN(date.getTime())) throw new RangeError(`"${String(moment)}" is not a date. Give an ISO date.`);
  return date;
}

function dayOf(moment: Moment): string {
  return typeof moment === 'string' && DAY_ONLY.test(moment) ? moment : danishDay(toDate(moment));
}

/** "tirsdag den 1. december 2026". */
export function longDate(moment: Moment): string {
  return weekdayDate(dayOf(moment));
}

/** "1. december 2026". */
export function shortDate(moment: Moment): string {
  return dayOfMonth(dayOf(moment));
}

/** "10.14", Danish time. */
export function clockTime(moment: Moment): string {
  return clock(toDate(moment));
}

/** "10.14.07": where the order of entries matters. */
export function clockTimeWithSeconds(moment: Moment): string {
  return `${clock(toDate(moment))}.${String(toDate(moment).getUTCSeconds()).padStart(2, '0')}`;
}

/** "i dag kl. 10.14"; a day without a clock is given as the day alone. */
export function momentInWords(moment: Moment, now: Moment): string {
  if (typeof moment === 'string' && DAY_ONLY.test(moment)) return shortDate(moment);
  return inWords(toDate(moment), toDate(now));
}
