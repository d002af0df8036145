import type { RegisteredPerson } from '../contracts';
import { identityMismatch, NAME_KEPT_BACK } from './identity-mismatch';

const registered = (name: string, birthDate = '1986-04-14'): RegisteredPerson => ({
  name,
  birthDate,
  numbers: [{ cpr: '1404861216', reason: 'present' }],
});
const asked = (name: string, cpr = '1404861216') => ({ name, cpr });

describe('who asks and whom CPR knows', () => {
  it('are the same when first and last name and the birth date are', () => {
    expect(identityMismatch(asked('Ida Bjerre Lindskov'), registered('Ida Bjerre Lindskov'))).toBeNull();
    expect(identityMismatch(asked('IDA LINDSKOV'), registered('Ida Bjerre Lindskov'))).toBeNull();
    expect(identityMismatch(asked('Åse Ærø-Møller'), registered('åse Ærø Møller'))).toBeNull();
  });

  it('differ when the name is another', () => {
    expect(identityMismatch(asked('Ida Holm'), registered('Ida Bjerre Lindskov'))).toBe('name');
    expect(identityMismatch(asked('Eva Lindskov'), registered('Ida Lindskov'))).toBe('name');
  });

  it('differ when the number begins with another date, and when nobody has the number', () => {
    expect(identityMismatch(asked('Ida Lindskov'), registered('Ida Lindskov', '1986-04-15'))).toBe('birth-date');
    expect(identityMismatch(asked('Ida Lindskov'), null)).toBe('unknown');
  });

  it('are compared by the date alone when the login keeps the name back', () => {
    expect(identityMismatch(asked(NAME_KEPT_BACK), registered('Ida Lindskov'))).toBeNull();
    expect(identityMismatch(asked(NAME_KEPT_BACK), registered('Ida Lindskov', '1986-05-14'))).toBe('birth-date');
  });

  it('knows the day of a replacement number', () => {
    expect(identityMismatch(asked('Ida Lindskov', '7404861216'), registered('Ida Lindskov'))).toBeNull();
  });
});
