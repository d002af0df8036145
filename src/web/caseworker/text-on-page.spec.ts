import type { PageText } from '../../contracts';
import { placesOfText } from './text-on-page';

const word = (text: string, start: number, line: number) => ({
  text,
  start,
  end: start + text.length,
  box: [start * 5, 700 - line * 20, (start + text.length) * 5, 712 - line * 20] as const,
});
const page: PageText = {
  index: 0,
  width: 595,
  height: 842,
  rotation: 0,
  text: 'Ring til Bo Ravn\nKjær (nabo). BO RAVN',
  words: [
    word('Ring', 0, 0),
    word('til', 5, 0),
    word('Bo', 9, 0),
    word('Ravn', 12, 0),
    word('Kjær', 17, 1),
    word('(nabo).', 22, 1),
    word('BO', 30, 1),
    word('RAVN', 33, 1),
  ],
  reading: 'text',
};

it('finds every place, whatever the capitals', () => {
  expect(placesOfText(page, 'bo ravn')).toEqual([[[45, 700, 80, 712]], [[150, 680, 185, 692]]]);
});

it('gives a box a line when the text goes on to the next', () => {
  expect(placesOfText(page, 'Ravn  Kjær')).toEqual([
    [
      [60, 700, 80, 712],
      [85, 680, 105, 692],
    ],
  ]);
});

it('reads signs as they are', () => {
  expect(placesOfText(page, '(nabo)')).toHaveLength(1);
  expect(placesOfText(page, 'B.')).toEqual([]);
});

it('finds nothing for blanks alone', () => {
  expect(placesOfText(page, '  ')).toEqual([]);
});
