import type { Box, PageText, Word } from '../../contracts';
import type { ReadingPage, ReadingVersion, RedactedPage } from './reading-model';
import { readStructure } from './read-structure';
import { pageText, readingText, withoutKept } from './reading-text';
import { writeReadingHtml } from './write-html';

type Line = [left: number, top: number, text: string, size?: number];

/** A page of 595 x 842 points whose letters are half as wide as they are high. */
function page(lines: Line[], more: Partial<RedactedPage> = {}): RedactedPage {
  const words: Word[] = [];
  let text = '';
  for (const [left, top, line, size = 12] of lines) {
    let x = left;
    for (const word of line.split(' ')) {
      if (text !== '') text += x === left ? '\n' : ' ';
      const box: Box = [x, 842 - top - size, x + word.length * size * 0.5, 842 - top];
      words.push({ text: word, start: text.length, end: text.length + word.length, box });
      text += word;
      x = box[2] + size * 0.3;
    }
  }
  const read: PageText = { index: 0, width: 595, height: 842, rotation: 0, text, words, reading: 'text' };
  return { page: read, removed: [], pictures: [], kept: [], ...more };
}

function lines(left: number, top: number, texts: string[]): Line[] {
  return texts.map((text, at) => [left, top + at * 16, text]);
}

const read = (...pages: RedactedPage[]): ReadingPage => readStructure(pages, 1)[0];
const kinds = (of: ReadingPage): string[] => of.pieces.map((piece) => piece.kind);
const GROUND = '[oplysning fjernet – forvaltningslovens § 15 b, nr. 5]';

const PROSE = [
  'Kommunen har modtaget ansøgningen og har',
  'besluttet at indkalde til en samtale om den',
  'støtte som barnet kan få i hverdagen fordi',
  'skolen har fortalt at der er brug for hjælp',
  'og forældrene er enige i at det skal ske nu',
];

describe('a page as it is read aloud', () => {
  it('is read one column after the other', () => {
    const right = PROSE.map((line) => line.replace('Kommunen', 'Skolen').slice(0, 34));
    const left = PROSE.map((line) => line.slice(0, 36));
    const found = read(page([...lines(40, 100, left), ...lines(310, 100, right)]));
    expect(pageText(found).indexOf('Skolen')).toBeGreaterThan(pageText(found).indexOf('og forældrene er enige'));
    expect(kinds(found)).not.toContain('table');
  });

  it('tells a table by what stands below each other', () => {
    const found = read(
      page([
        ...lines(60, 100, ['Ydelse', 'Sygedagpenge', 'Husleje']),
        ...lines(260, 100, ['Uger', '5', '4']),
        ...lines(360, 100, ['Beløb', '22.325,00', '1.500,00']),
      ]),
    );
    expect(found.pieces).toHaveLength(1);
    expect(found.pieces[0]).toMatchObject({ kind: 'table', hasHeader: true });
    expect(pageText(found).split('\n')[1]).toBe('Sygedagpenge | 5 | 22.325,00');
  });

  it('tells headings by the height of their letters, and lists by their marks', () => {
    const found = read(
      page([
        [60, 60, 'Afgørelse', 20],
        ...lines(60, 100, PROSE),
        ...lines(60, 200, ['• lønsedler for tre måneder', '• en udtalelse fra lægen']),
      ]),
    );
    expect(kinds(found)).toEqual(['heading', 'paragraph', 'list']);
    expect(pageText(found)).toContain('lønsedler for tre måneder\nen udtalelse fra lægen');
  });

  it('joins a word that was broken at the end of a line, and keeps the hyphen of a name', () => {
    const found = read(
      page(lines(60, 100, ['Det er aftalt med arbejds-', 'markedets parter og med Lund-', 'Pedersen at det sker'])),
    );
    expect(pageText(found).replace(/\n/g, ' ')).toContain('arbejdsmarkedets parter og med Lund-Pedersen');
  });

  it('says what was removed where it stood, and nothing of what is written on the box', () => {
    const withLabel = page([...lines(60, 100, ['Hun ringede til §15b i går', 'og fortalte om sagen'])]);
    const label = withLabel.page.words.find((word) => word.text === '§15b') as Word;
    const found = read({ ...withLabel, removed: [{ box: label.box, note: GROUND }] });
    expect(pageText(found)).toContain(`Hun ringede til ${GROUND} i går`);
    expect(pageText(found)).not.toContain('§15b');
  });

  it('names a picture, and says of a scan that the text was read by a machine', () => {
    const picture = read(page(lines(60, 500, PROSE), { pictures: [[60, 500, 300, 700]] }));
    expect(kinds(picture)).toEqual(['picture', 'paragraph']);
    const scan = page(lines(60, 100, PROSE), { pictures: [[0, 0, 595, 842]] });
    const html = writeReadingHtml(version(read({ ...scan, page: { ...scan.page, reading: 'ocr' } })));
    expect(html).toContain('Teksten er aflæst maskinelt og kan indeholde fejl.');
  });
});

function version(of: ReadingPage): ReadingVersion {
  const document = { number: '3', title: 'Notat <b> & mere', about: 'Notat.', pages: [of] };
  return {
    title: 'Læseudgave',
    municipality: 'Solby Kommune',
    caseNumber: '2026-1',
    date: '2026-11-22',
    documents: [document],
  };
}

describe('the reading version', () => {
  const plain = version(read(page(lines(60, 100, PROSE))));

  it('is one HTML file in Danish without script, and the same bytes every time', () => {
    const html = writeReadingHtml(plain);
    expect(html).toContain('<html lang="da">');
    expect(html).toContain('Dokument 3: Notat &lt;b&gt; &amp; mere');
    expect(html).toMatch(/default-src 'none'; style-src 'sha256-/);
    expect(html).not.toMatch(/<script|style="|https?:/);
    expect(writeReadingHtml(plain)).toBe(html);
  });

  it('without the words that a decision keeps says everything else', () => {
    const kept = page(lines(60, 100, PROSE));
    const word = kept.page.words.find((each) => each.text === 'samtale') as Word;
    const masked = withoutKept(version(read({ ...kept, kept: [word.box] })));
    expect(readingText(masked)).not.toContain('samtale');
    expect(readingText(masked)).toContain('indkalde til en');
  });
});
