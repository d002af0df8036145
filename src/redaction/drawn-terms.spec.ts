import type { PageText } from '../contracts';
import { drawnTerms, textUnderBoxes } from './drawn-terms';

const page: PageText = {
  index: 0,
  width: 595,
  height: 842,
  rotation: 0,
  text: 'Ring til Bo Lund',
  words: [
    { text: 'Ring', start: 0, end: 4, box: [50, 700, 80, 712] },
    { text: 'til', start: 5, end: 8, box: [84, 700, 98, 712] },
    { text: 'Bo', start: 9, end: 11, box: [102, 700, 116, 712] },
    { text: 'Lund', start: 12, end: 16, box: [120, 700, 150, 712] },
  ],
  reading: 'text',
};

it('reads the words whose middle lies under a box', () => {
  expect(textUnderBoxes(page, [[100, 698, 152, 714]])).toBe('Bo Lund');
  expect(
    textUnderBoxes(page, [
      [48, 698, 66, 714],
      [118, 698, 152, 714],
    ]),
  ).toBe('Ring Lund');
});

it.each([
  ['a name under a box', 'Karla Munk Holt,', 'DRAWN', [{ text: 'Karla Munk Holt', type: 'NAME' }]],
  ['a name that was written', 'Karla Holt', 'NAME', [{ text: 'Karla Holt', type: 'NAME' }]],
  ['a CPR number in a sentence', 'Hun har 070761-4285 som nummer', 'DRAWN', [{ text: '070761-4285', type: 'CPR' }]],
  ['a telephone number', 'tlf. 20 30 40 51.', 'HEALTH', [{ text: '20 30 40 51', type: 'PHONE' }]],
  ['a mail address', 'karla@holt.example', 'ADDRESS', [{ text: 'karla@holt.example', type: 'EMAIL' }]],
  ['a street with its house', 'Bøgevangen 14', 'ADDRESS', [{ text: 'Bøgevangen 14', type: 'ADDRESS' }]],
])('looks everywhere for %s', (_, text, type, terms) => {
  expect(drawnTerms(text, type)).toEqual(terms);
});

it.each([
  ['running words', 'Hun var meget ked af det den dag', 'DRAWN'],
  ['a day', '12.03.2024 kl. 10.30', 'DRAWN'],
  ['a first name alone', 'Karla', 'NAME'],
  ['words on health with capitals', 'Svær Depression', 'HEALTH'],
])('does not look elsewhere for %s', (_, text, type) => {
  expect(drawnTerms(text, type)).toEqual([]);
});
