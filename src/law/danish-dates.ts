import { dayInMs, weekday, type CalendarDate } from './calendar-date';

const WEEKDAYS = ['søndag', 'mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag', 'lørdag'];
const MONTHS = [
  'januar',
  'februar',
  'marts',
  'april',
  'maj',
  'juni',
  'juli',
  'august',
  'september',
  'oktober',
  'november',
  'december',
];

const danishClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Copenhagen',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** `1. december 2026`. */
export function longDate(date: CalendarDate): string {
  const day = new Date(dayInMs(date));
  return `${day.getUTCDate()}. ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}

/** `tirsdag den 1. december 2026`. */
export function weekdayDate(date: CalendarDate): string {
  return `${WEEKDAYS[weekday(date)]} den ${longDate(date)}`;
}

/** The Danish day on which a moment falls: what counts as day 0. */
export function danishDay(moment: Date): CalendarDate {
  const { year, month, day } = inDenmark(moment);
  return `${year}-${month}-${day}`;
}

/** `10.14`, Danish time. */
export function clock(moment: Date): string {
  const { hour, minute } = inDenmark(moment);
  return `${hour}.${minute}`;
}

/** `i dag kl. 10.14`, `i går kl. 10.14` or `den 1. december 2026 kl. 10.14`, seen from `now`. */
export function moment(at: Date, now: Date): string {
  const daysAgo = (dayInMs(danishDay(now)) - dayInMs(danishDay(at))) / 86_400_000;
  if (daysAgo === 0) return `i dag kl. ${clock(at)}`;
  if (daysAgo === 1) return `i går kl. ${clock(at)}`;
  return `den ${longDate(danishDay(at))} kl. ${clock(at)}`;
}

function inDenmark(at: Date): Record<Intl.DateTimeFormatPartTypes, string> {
  const parts = danishClock.formatToParts(at).map(({ type, value }) => [type, value]);
  return Object.fromEntries(parts) as Record<Intl.DateTimeFormatPartTypes, string>;
}
