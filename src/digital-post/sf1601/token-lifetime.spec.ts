import { readTokenLifetime } from './token-lifetime';

describe('readTokenLifetime', () => {
  it('reads month, day and year in the order of the token service, and the earlier of two time zones', () => {
    expect(new Date(readTokenLifetime('11/22/2026 16:30:05')).toISOString()).toBe('2026-11-22T14:30:05.000Z');
  });

  it.each([['2026-11-22T16:30:05Z'], [''], [undefined], [17]])('trusts %s for one use only', (lifetime) => {
    expect(readTokenLifetime(lifetime)).toBe(0);
  });
});
