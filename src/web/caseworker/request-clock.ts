import { addDays, danishDay, isWorkingDay, type CalendarDate, type SoftHolidays } from '../../law';

/** Working days from `today` to `due`, the day of the deadline included; negative when the deadline has passed. */
export function workingDaysLeft(today: CalendarDate, due: CalendarDate, softHolidays: SoftHolidays): number {
  const [from, to, sign] = today <= due ? [today, due, 1] : [due, today, -1];
  let days = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day, softHolidays)) days += sign;
  return days;
}

/** The same, seen from a moment. */
export function workingDaysLeftAt(now: Date, due: CalendarDate, softHolidays: SoftHolidays): number {
  return workingDaysLeft(danishDay(now), due, softHolidays);
}
