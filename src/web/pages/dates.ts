const TIME_ZONE = 'Europe/Copenhagen';

const dayFormat = new Intl.DateTimeFormat('da-DK', {
  timeZone: TIME_ZONE,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const shortFormat = new Intl.DateTimeFormat('da-DK', {
  timeZone: TIME_ZONE,
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const clockFormat = new Intl.DateTimeFormat('da-DK', {
  timeZone: TIME_ZONE,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const isoDayFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE });

const DAY_ONLY = /^\d{4}-\d{2}-\d{2}$/;

/** A moment (`Date` or ISO timestamp) or a whole day (`YYYY-MM-DD`, which is the same day everywhere). */
export type Moment = Date | string;

function toDate(moment: Moment): Date {
  // Noon UTC lies inside the same Danish day all year.
  const date =
    moment instanceof Date ? moment : new Date(DAY_ONLY.test(moment) ? `${moment}T12:00:00Z` : moment);
  if (Number.isNaN(date.getTime())) throw new RangeError(`"${String(moment)}" is not a date; give an ISO date.`);
  return date;
}

/** The Danish calendar day of a moment as `YYYY-MM-DD`. */
export function danishDay(moment: Moment): string {
  return isoDayFormat.format(toDate(moment));
}

/** "tirsdag den 1. december 2026". */
export function longDate(moment: Moment): string {
  return dayFormat.format(toDate(moment));
}

/** "1. december 2026". */
export function shortDate(moment: Moment): string {
  return shortFormat.format(toDate(moment));
}

/** "10.14". */
export function clockTime(moment: Moment): string {
  return clockFormat.format(toDate(moment)).slice(0, 5).replace(':', '.');
}

/** "10.14.07": where the order of entries matters. */
export function clockTimeWithSeconds(moment: Moment): string {
  return clockFormat.format(toDate(moment)).replaceAll(':', '.');
}

/** "i dag kl. 10.14", "i går kl. 10.14", else "1. december 2026 kl. 10.14". */
export function momentInWords(moment: Moment, now: Moment): string {
  const day = danishDay(moment);
  const time = `kl. ${clockTime(moment)}`;
  if (day === danishDay(now)) return `i dag ${time}`;
  const dayBefore = new Date(`${danishDay(now)}T12:00:00Z`);
  dayBefore.setUTCDate(dayBefore.getUTCDate() - 1);
  if (day === danishDay(dayBefore)) return `i går ${time}`;
  return `${shortDate(moment)} ${time}`;
}

/** "i dag", "i morgen", else the long date: for deadlines. */
export function dayInWords(moment: Moment, now: Moment): string {
  const day = danishDay(moment);
  if (day === danishDay(now)) return `i dag, ${longDate(moment)}`;
  return longDate(moment);
}
