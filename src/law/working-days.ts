import { addDays, dayInMs, weekday, type CalendarDate } from './calendar-date';

/**
 * How 5 June, 24 December and 31 December are read. No law makes them public holidays. `strict` counts them as working
 * days, which gives the earlier date and is right for what the municipality owes; `lenient` skips them, which is right
 * for what the citizen owes.
 */
export type SoftHolidays = 'strict' | 'lenient';

/** Days from Easter Sunday. */
const MOVABLE: readonly [offset: number, name: string][] = [
  [-3, 'Skærtorsdag'],
  [-2, 'Langfredag'],
  [0, 'Påskedag'],
  [1, '2. påskedag'],
  [39, 'Kristi himmelfartsdag'],
  [49, 'Pinsedag'],
  [50, '2. pinsedag'],
];
const LAST_YEAR_OF_STORE_BEDEDAG = 2023;

const holidaysByYear = new Map<number, ReadonlyMap<CalendarDate, string>>();

/** Easter Sunday in the Gregorian calendar (the anonymous algorithm of Meeus, Jones and Butcher). */
export function easterSunday(year: number): CalendarDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const moonCorrection = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - moonCorrection + 15) % 30;
  const sundayShift = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * sundayShift) / 451);
  const position = epact + sundayShift - 7 * late + 114;
  return isoDay(year, Math.floor(position / 31), (position % 31) + 1);
}

/** Public holidays of a year, in order, with their Danish names. Store Bededag ended with 2023 (lov nr. 214 of 2023). */
export function publicHolidays(year: number): ReadonlyMap<CalendarDate, string> {
  const known = holidaysByYear.get(year);
  if (known) return known;
  const easter = easterSunday(year);
  const days: [CalendarDate, string][] = [[isoDay(year, 1, 1), 'Nytårsdag']];
  for (const [offset, name] of MOVABLE) days.push([addDays(easter, offset), name]);
  if (year <= LAST_YEAR_OF_STORE_BEDEDAG) days.push([addDays(easter, 26), 'Store bededag']);
  days.push([isoDay(year, 12, 25), '1. juledag'], [isoDay(year, 12, 26), '2. juledag']);
  const holidays = new Map(days.sort(([a], [b]) => a.localeCompare(b)));
  holidaysByYear.set(year, holidays);
  return holidays;
}

/** The three days that are not holidays by law but are often kept as such. */
export function softHolidaysOf(year: number): ReadonlyMap<CalendarDate, string> {
  return new Map([
    [isoDay(year, 6, 5), 'Grundlovsdag'],
    [isoDay(year, 12, 24), 'Juleaftensdag'],
    [isoDay(year, 12, 31), 'Nytårsaftensdag'],
  ]);
}

/** False on Saturdays, Sundays and public holidays, and on soft holidays when they are read leniently. */
export function isWorkingDay(date: CalendarDate, softHolidays: SoftHolidays): boolean {
  const day = weekday(date);
  if (day === 0 || day === 6) return false;
  const year = Number(date.slice(0, 4));
  if (publicHolidays(year).has(date)) return false;
  return softHolidays === 'strict' || !softHolidaysOf(year).has(date);
}

/** The `count`-th working day after `from`; `from` is day 0 whatever day it is. */
export function addWorkingDays(from: CalendarDate, count: number, softHolidays: SoftHolidays): CalendarDate {
  dayInMs(from);
  let date = from;
  for (let left = count; left > 0;) {
    date = addDays(date, 1);
    if (isWorkingDay(date, softHolidays)) left -= 1;
  }
  return date;
}

/** `date` itself when it is a working day, else the next one. */
export function workingDayOnOrAfter(date: CalendarDate, softHolidays: SoftHolidays): CalendarDate {
  let day = date;
  while (!isWorkingDay(day, softHolidays)) day = addDays(day, 1);
  return day;
}

function isoDay(year: number, month: number, day: number): CalendarDate {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
