import { sidesInWords } from './not-seen';

it('names runs of pages as one', () => {
  expect(sidesInWords([1, 2, 3, 7])).toBe('side 1-3 og 7');
  expect(sidesInWords([2, 4, 5, 9])).toBe('side 2, 4-5 og 9');
});

it('names a single page alone', () => {
  expect(sidesInWords([4])).toBe('side 4');
});
