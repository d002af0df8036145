import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateError } from './calendar-date';
import { deadlines, fourWeekComplaintLimit, gdprMonths, inWorkingDays } from './deadlines';
import { easterSunday, isWorkingDay, publicHolidays, softHolidaysOf } from './working-days';

interface Vectors {
  holidays: Record<string, Record<string, string>>;
  softDays: Record<string, Record<string, string>>;
  vectors: Record<string, string>[];
  gdpr: { received: string; due1m: string; due3m: string }[];
  complaint4w: { digitalDelivered: string; due: string }[];
}
const known = JSON.parse(readFileSync(join(__dirname, '../../test/data/law/deadline_vectors.json'), 'utf8')) as Vectors;

describe('working days', () => {
  it.each(Object.keys(known.holidays))('knows every public holiday of %s by name', (year) => {
    expect(Object.fromEntries(publicHolidays(Number(year)))).toEqual(known.holidays[year]);
    expect(Object.fromEntries(softHolidaysOf(Number(year)))).toEqual(known.softDays[year]);
  });

  it('counts Store Bededag as a holiday up to 2023 and as a working day from 2024', () => {
    expect(publicHolidays(2023).get('2023-05-05')).toBe('Store bededag');
    expect(isWorkingDay('2023-05-05', 'strict')).toBe(false);
    expect(isWorkingDay('2024-04-26', 'strict')).toBe(true);
  });

  it('finds the earliest and the latest Easter', () => {
    expect([easterSunday(2285), easterSunday(2038), easterSunday(2000)]).toEqual([
      '2285-03-22',
      '2038-04-25',
      '2000-04-23',
    ]);
  });
});

describe('deadlines', () => {
  it('has all the known vectors to compare with', () => {
    expect([known.vectors.length, known.gdpr.length, known.complaint4w.length]).toEqual([27, 10, 5]);
  });

  it.each(known.vectors.map((row) => [row.received!, row] as const))('counts working days from %s', (received, row) => {
    for (const count of [2, 7, 14, 20, 40] as const) {
      const expected = { strict: row[`wd${count}_strict`], lenient: row[`wd${count}_lenient`] };
      expect(inWorkingDays(received, count)).toEqual(expected);
      expect(deadlines(received)[`workingDays${count}`]).toEqual(expected);
    }
  });

  it.each(known.gdpr)('rolls the GDPR month from $received', ({ received, due1m, due3m }) => {
    expect(deadlines(received, 'GDPR_15')).toMatchObject({ due: due1m, gdpr: { month: due1m, extended: due3m } });
    expect(gdprMonths(received, 3)).toBe(due3m);
  });

  it.each(known.complaint4w)('extends the complaint limit of $digitalDelivered', ({ digitalDelivered, due }) => {
    expect(fourWeekComplaintLimit(digitalDelivered)).toBe(due);
  });

  it('takes the seven strict working days as due for a party', () => {
    expect(deadlines('2026-12-15', 'FVL_PART').due).toBe('2026-12-24');
  });

  it('asks for notice within ten calendar days for environmental information', () => {
    expect(deadlines('2026-12-15', 'MOL_ALLE')).toMatchObject({ environmentalNotice: '2026-12-25', due: '2027-01-15' });
    expect(deadlines('2026-12-15', 'FVL_PART').environmentalNotice).toBeNull();
  });

  it.each(['2026-02-30', '15-12-2026', '2026-12-15T10:00', '', '0001-01-01'])('refuses %p as a date', (text) => {
    expect(() => deadlines(text)).toThrow(DateError);
  });
});
