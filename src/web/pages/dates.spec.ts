import { clockTimeWithSeconds, longDate, momentInWords, shortDate } from './dates';

const now = new Date('2026-11-24T09:14:00Z');

describe('dates on pages', () => {
  it('are Danish, with the day of the week where a deadline is given', () => {
    expect(longDate('2026-12-01')).toBe('tirsdag den 1. december 2026');
    expect(shortDate('2026-12-01')).toBe('1. december 2026');
  });

  it('fall on the Danish day, also when UTC has another', () => {
    expect(shortDate('2026-11-24T23:30:00Z')).toBe('25. november 2026');
  });

  it('say today and yesterday with the Danish clock', () => {
    expect(momentInWords('2026-11-24T09:14:00Z', now)).toBe('i dag kl. 10.14');
    expect(momentInWords('2026-11-23T09:14:00Z', now)).toBe('i går kl. 10.14');
    expect(clockTimeWithSeconds('2026-07-01T09:14:07Z')).toBe('11.14.07');
  });

  it('give a day without a clock as the day alone', () => {
    expect(momentInWords('2026-11-24', now)).toBe('24. november 2026');
  });

  it('refuse what is not a date', () => {
    expect(() => shortDate('i morgen')).toThrow('is not a date');
  });
});
