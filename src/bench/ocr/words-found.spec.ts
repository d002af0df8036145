import { found } from './words-found';

it('counts a word as often as it stands there', () => {
  expect(found('Et møde, et notat', 'Et notat').words).toEqual({ found: 2, all: 4 });
  expect(found('Notat', 'NOTAT. notat').words).toEqual({ found: 1, all: 1 });
});

it('counts a long number by its digits, and not one of them may be another', () => {
  expect(found('CPR 120388-1234, sag 17', 'CPR 120388 1234 sag 17').numbers).toEqual({ found: 0, all: 1 });
  expect(found('CPR 120388-1234, sag 17', 'CPR 120388.1234 sag 17').numbers).toEqual({ found: 1, all: 1 });
  expect(found('CPR 120388-1234', 'CPR 120388-1284').numbers).toEqual({ found: 0, all: 1 });
});
