import type { PartyRegister, Word } from '../contracts';
import { readRequest } from './index';
import { laidOut } from './layout';

/** A page whose words stand at the given x, one line below the other. */
function page(lines: [x: number, word: string][][]): { text: string; words: Word[] } {
  let text = '';
  const words: Word[] = [];
  for (const [row, line] of lines.entries()) {
    if (row > 0) text += '\n';
    for (const [at, [x, word]] of line.entries()) {
      if (at > 0) text += ' ';
      const y = 800 - row * 14;
      words.push({
        text: word,
        start: text.length,
        end: text.length + word.length,
        box: [x, y, x + word.length * 5, y + 10],
      });
      text += word;
    }
  }
  return { text, words };
}

const prose = (x: number, words: string): [number, string][] =>
  words.split(' ').map((word, at, all) => [x + all.slice(0, at).join(' ').length * 5 + at, word]);
const register: PartyRegister = {
  case: 's',
  requester: 'R',
  parties: [{ id: 'R', role: 'requester', access: 'own', name: 'Hanne Vestergaard Toft' }],
};

describe('the layout of a page', () => {
  const twoColumns = page([
    [...prose(50, 'Hun ringede i går for at tale med Villads'), ...prose(320, 'Der er intet nyt i sagen')],
    [...prose(50, 'Fristrup og fik at vide at han er på ferie'), ...prose(320, 'og mødet er derfor flyttet')],
    [...prose(50, 'og at han ikke kommer mere i denne måned'), ...prose(320, 'til en dag i næste uge')],
    [...prose(50, 'som derfor må klares uden ham på et møde'), ...prose(320, 'hvor alle kan komme igen')],
    [...prose(50, 'til en anden dag som de finder i morgen'), ...prose(320, 'efter ferien som er slut')],
    [...prose(50, 'hvis det kan lade sig gøre for dem alle'), ...prose(320, 'den femte januar som aftalt')],
  ]);

  it('reads two columns one after the other', () => {
    const { text } = laidOut(twoColumns.text, twoColumns.words);
    expect(text).toMatch(/med Villads\nFristrup og fik[^]*dem alle\n\nDer er intet/);
  });

  it('leads every place back to the page', () => {
    const { text, toPage } = laidOut(twoColumns.text, twoColumns.words);
    for (const word of ['Villads', 'Fristrup', 'ferien']) {
      const start = text.indexOf(word);
      const [place] = toPage(start, start + word.length);
      expect(twoColumns.text.slice(place!.start, place!.end)).toBe(word);
    }
  });

  it('lets a name that is broken at the end of a column line be one person, at its places on the page', () => {
    const { spans, persons } = readRequest([{ id: 'a', ...twoColumns }], register);
    expect(persons.map(({ name }) => name)).toContain('Villads Fristrup');
    const removed = spans.get('a')!.filter(({ type }) => type === 'NAME');
    expect(removed.map(({ start, end }) => twoColumns.text.slice(start, end))).toEqual(['Villads', 'Fristrup']);
  });

  it('parts the cells of a table by tabs and keeps its rows', () => {
    const table = page([
      [
        [50, 'Navn'],
        [200, 'Rolle'],
        [350, 'Telefon'],
      ],
      [
        [50, 'Anders'],
        [200, 'Bror'],
        [350, '61728394'],
      ],
    ]);
    expect(laidOut(table.text, table.words).text).toBe('Navn\tRolle\tTelefon\nAnders\tBror\t61728394');
  });
});
