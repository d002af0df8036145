import { addDays, isWorkingDay, type CalendarDate } from '../../law';

/** Counts working days from many days to many: the answer for a day is kept. */
export class WorkingDayCount {
  private readonly known = new Map<CalendarDate, boolean>();

  /** Working days after `from` up to and with `to`, as the deadline of seven is counted; 0 on the same day. */
  between(from: CalendarDate, to: CalendarDate): number {
    let days = 0;
    for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (this.isWorking(day)) days += 1;
    return days;
  }

  private isWorking(day: CalendarDate): boolean {
    const known = this.known.get(day);
    if (known !== undefined) return known;
    const isWorking = isWorkingDay(day, 'strict');
    this.known.set(day, isWorking);
    return isWorking;
  }
}
