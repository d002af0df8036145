import fc from 'fast-check';
import { matchesNear } from './near';

const ACCOUNT = /(?<=\b(?:konto|reg)\. )\d{4} \d{4,6}(?!\d)/gu;
const SIGN = /\. \d/g;

const placed = (matches: Iterable<RegExpExecArray>): [number, string][] =>
  [...matches].map(({ 0: text, index }) => [index, text]);

describe('a search near signs', () => {
  it('finds what a search through the whole text finds', () => {
    const pieces = fc.constantFrom(
      'konto. 1234 56789',
      'reg. 1 2',
      'reg.',
      ' ',
      '\n',
      'konto. 1234 567890',
      '. 9',
      'ord ',
      'x',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        expect(placed(matchesNear(text, ACCOUNT, SIGN, 8, 12))).toEqual(placed(text.matchAll(ACCOUNT)));
      }),
    );
  });

  it('never looks at a text without a sign', () => {
    expect(matchesNear('konto 1234 56789', /\d+/gu, SIGN, 8, 12)).toEqual([]);
  });

  it('never cuts a word at the edge of what it looks at', () => {
    const found = matchesNear('matr. 12 langtord7. 8', /(?<!\p{L})\p{L}+7/gu, /\. 8/g, 2, 1);
    expect(placed(found)).toEqual([[9, 'langtord7']]);
  });
});
