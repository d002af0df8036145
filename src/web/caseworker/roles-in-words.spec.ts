import { reasonInWords, roleInWords } from './roles-in-words';

const names = (key: string) => ({ R: 'Ida Lind', T4: 'Bo Ravn' })[key];

it('names the person instead of the key', () => {
  expect(reasonInWords('Navnet hører til parten T4 (notifier) og foreslås fjernet.', names)).toBe(
    'Navnet hører til Bo Ravn (underretter) og foreslås fjernet.',
  );
});

it('leaves a key that is not known as it is', () => {
  expect(reasonInWords('Navnet hører til parten T9 (nabo).', names)).toBe('Navnet hører til parten T9 (nabo).');
});

it("says that a person is in no source's list", () => {
  expect(reasonInWords('Navnet kan røbe P3, som ikke står i registret (third), som er beskyttet.', names)).toBe(
    'Navnet kan røbe en person, som kilderne ikke har oplyst, som er beskyttet.',
  );
});

it("keeps a role in the source's own words", () => {
  expect(roleInWords('Bisidder')).toBe('Bisidder');
});
