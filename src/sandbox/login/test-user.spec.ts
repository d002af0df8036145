import { parseTestUsers } from './test-user';

it('reads users of every kind', () => {
  const users = [
    { kind: 'citizen', id: 'a', name: 'A', cpr: '0101901234', loa: 'High' },
    {
      kind: 'employee',
      id: 'b',
      name: 'B',
      email: 'b@solby.example',
      cvr: '29189999',
      roles: ['arkivar'],
      loa: 'High',
    },
  ];
  expect(parseTestUsers(JSON.stringify(users))).toEqual(users);
});

it.each([
  ['a user without a kind', [{ id: 'a', name: 'A', loa: 'High' }], /user 0 has no kind/],
  ['a citizen without a CPR number', [{ kind: 'citizen', id: 'a', name: 'A', loa: 'High' }], /user 0 has no cpr/],
  ['an unknown assurance level', [{ kind: 'professional', id: 'a', name: 'A', cvr: '1', loa: 'Huge' }], /no loa/],
  ['what is no list', {}, /must be a JSON array/],
])('refuses %s and says what is wrong', (_what, users, sentence) => {
  expect(() => parseTestUsers(JSON.stringify(users))).toThrow(sentence);
});
