import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, setTextRenderingMode, StandardFonts, TextRenderingMode } from 'pdf-lib';
import sharp from 'sharp';
import { PdfEngine } from '../engine/pdf-engine';
import { greyPicture } from './grey-picture';
import { closeOcr, readByOcr } from './read-by-ocr';
import { readPagesFully } from './read-pages-fully';
import { skewOf } from './skew';

const PICTURES = join(__dirname, '..', '..', '..', 'test', 'data', 'ocr');
const DPI = 150;
/** Enough of a dictionary for the texts of the pictures. */
const KNOWN = new Set(
  'kommunen har modtaget din ansøgning hjælp til huslejen lagt vægt været sygemeldt siden august indtægt mindre end før oplyst børnene bor hos dig hver anden uge deres far betaler bidrag skal sende lønsedler for seneste tre måneder spørgsmål kan ringe mellem klokken tolv det'.split(
    ' ',
  ),
);
const isKnownWord = (word: string): boolean => KNOWN.has(word.toLowerCase());
const picture = (name: string): Buffer => readFileSync(join(PICTURES, name));

const engine = new PdfEngine({ processes: 1 });
const folder = mkdtempSync(join(tmpdir(), 'maskinlaest-'));
afterAll(async () => {
  await closeOcr();
  await engine.close();
  rmSync(folder, { recursive: true });
});

function read(png: Buffer) {
  const page = { dpi: DPI, pageWidth: 595, pageHeight: 842, rotation: 0, language: 'dan' } as const;
  return readByOcr(png, { ...page, isKnownWord });
}

/** A page whose picture fills it, with a text layer that nobody sees. */
async function scan(name: string, layer: readonly string[]): Promise<string> {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([595, 842]);
  page.drawImage(await pdf.embedPng(picture(name)), { x: 0, y: 0, width: 595, height: 842 });
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  page.pushOperators(setTextRenderingMode(TextRenderingMode.Invisible));
  layer.forEach((line, at) => page.drawText(line, { x: 58, y: 757 - at * 24.5, size: 13, font }));
  const path = join(folder, `${layer.length}-${name}.pdf`);
  writeFileSync(path, await pdf.save());
  return path;
}

describe('what a machine has read', () => {
  it('is relied on when the words are sure, known and cover the ink', async () => {
    const result = await read(picture('trykt-dansk.png'));
    expect(result?.doubt).toBeUndefined();
    expect(result?.text).toContain('Vi har lagt vægt på, at du har været sygemeldt siden august');
    expect(result?.measures.knownWords).toBeGreaterThan(0.9);
  });

  it.each([
    ['handwriting', 'haandskrift.jpg', ['no-words', 'low-confidence', 'unknown-words']],
    ['strokes without letters', 'haandskrift-streger.png', ['no-words', 'low-confidence', 'uncovered-ink']],
    ['a stamp beside printed lines', 'stempel.png', ['uncovered-ink']],
    ['a photo', 'foto.jpg', ['no-words', 'low-confidence', 'uncovered-ink']],
    ['another language', 'polsk.png', ['unknown-words', 'low-confidence']],
    ['another script', 'arabisk.png', ['low-confidence', 'unknown-words', 'no-words']],
    ['a scan full of noise', 'stoej.jpg', ['no-words', 'low-confidence', 'uncovered-ink']],
  ])('is not relied on for %s', async (_what, name, doubts) => {
    expect(doubts).toContain((await read(picture(name)))?.doubt);
  });

  it('of a blank page is nothing, without a doubt', async () => {
    const blank = await sharp({ create: { width: 1240, height: 1754, channels: 3, background: '#fdfcf8' } })
      .png()
      .toBuffer();
    const result = await read(blank);
    expect([result?.text, result?.doubt]).toEqual(['', undefined]);
  });
});

it('reads a scan that was laid in askew, and gives places of the page as it lies', async () => {
  const upright = await read(picture('trykt-dansk.png'));
  const askew = await sharp(picture('trykt-dansk.png')).rotate(2.6, { background: '#ffffff' }).png().toBuffer();
  const { width = 0, height = 0 } = await sharp(askew).metadata();
  expect(skewOf(await greyPicture(askew, DPI))).toBeCloseTo(2.6, 0);
  const scale = 72 / DPI;
  const result = await readByOcr(askew, {
    dpi: DPI,
    pageWidth: width * scale,
    pageHeight: height * scale,
    rotation: 0,
    language: 'dan',
  });
  expect(result?.text).toContain('sygemeldt siden august');
  const place = (text: string, of: typeof result) => of?.words.find((word) => word.text === text)?.box ?? [0, 0, 0, 0];
  // Turned by 2.6 degrees around the middle the word moves by a few points; unturned boxes would be off by 20 and more.
  const [before] = place('lønsedler', upright);
  const [after] = place('lønsedler', result);
  expect(Math.abs(after - before - ((width * scale - 595) / 2 + 8))).toBeLessThan(12);
});

describe('a scan with a text layer', () => {
  const SAME = [
    'Kommunen har modtaget din ansøgning om hjælp til huslejen.',
    'Vi har lagt vægt på, at du har været sygemeldt siden august,',
    'og at din indtægt er mindre end før. Du har oplyst, at børnene',
    'bor hos dig hver anden uge, og at deres far betaler bidrag.',
    'Du skal sende lønsedler for de seneste tre måneder.',
    'Har du spørgsmål, kan du ringe til os mellem klokken ti og tolv.',
  ];

  it('keeps its layer when the picture says the same', async () => {
    const [page] = await readPagesFully(engine, await scan('trykt-dansk.png', SAME), { isKnownWord });
    expect([page.reading, page.doubt]).toEqual(['text', undefined]);
    expect(page.text.match(/lønsedler/g)).toHaveLength(1);
  });

  it('is not read by machine when the layer says something else, and what the picture says is found too', async () => {
    const other = [
      'Vejret bliver godt i morgen, og solen skinner',
      'over hele landet fra morgen til aften.',
      'Husk madpakken.',
    ];
    const [page] = await readPagesFully(engine, await scan('trykt-dansk.png', other), { isKnownWord });
    expect([page.reading, page.doubt]).toEqual(['unread', 'text-layer-differs']);
    expect(page.text).toContain('solen skinner');
    expect(page.text).toContain('sygemeldt siden august');
    const word = page.words.find(({ text }) => text === 'lønsedler');
    expect(page.text.slice(word?.start, word?.end)).toBe('lønsedler');
  });
});
