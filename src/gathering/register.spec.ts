import { accessOf } from './register';

const access = (roleText: string, more = {}): string => accessOf({ roleText, ...more });

describe('what the requester may see of a party', () => {
  it.each([
    'requester',
    'part',
    'child, custody',
    'child, shared custody',
    'barn med forældremyndighed',
    'Barn, fælles forældremyndighed',
  ])('counts %p as the requester’s own', (role) => {
    expect(access(role)).toBe('own');
  });

  it.each([
    'partner',
    "former spouse's new partner",
    'child',
    'child, no custody',
    'Barn, ikke forældremyndighed',
    'barnebarn',
    'spouse',
    'citizen',
  ])('counts %p as a third person', (role) => {
    expect(access(role)).toBe('third');
  });

  it.each(['doctor, professional', 'psychologist, professional', 'lawyer, professional', 'Speciallæge'])(
    'knows %p as acting in a profession',
    (role) => {
      expect(access(role)).toBe('professional');
    },
  );

  it('lets protection win over every other role', () => {
    expect(access('notifier')).toBe('protected');
    expect(access('child, custody', { addressProtected: true })).toBe('protected');
    expect(access('notifier', { employee: true })).toBe('protected');
  });

  it('keeps an employee as such', () => {
    expect(access('partner', { employee: true })).toBe('employee');
  });
});
