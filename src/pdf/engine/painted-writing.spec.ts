import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redactDocument } from '../redact-document';
import { PdfEngine } from './pdf-engine';
import { rawPdf, type RawObject } from './raw-pdf';
import { textOnly } from './text-only';
import { WritingInPaint } from './writing-in-paint';

const SECRET = '120388-1234';
const LINE = 'BT /F1 14 Tf 72 700 Td (En linje om et roligt forhold) Tj ET';
const letters = (text: string): string => `0.4 g BT /F1 12 Tf 2 4 Td (${text}) Tj ET`;

const engine = new PdfEngine({ processes: 1 });
const folder = mkdtempSync(join(tmpdir(), 'pdf-skrift-'));
const [input, out] = ['ind.pdf', 'ud.pdf'].map((name) => join(folder, name));
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const FONTS = '/Resources<</Font<</F1 3 0 R>>/XObject<</Indre 5 0 R>>>>';
const tile = (content: string, entries = ''): RawObject => ({
  dict: `<</Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 200 20]/XStep 200/YStep 20${FONTS}${entries}>>`,
  data: content,
});
const form = (content: string): RawObject => ({
  dict: `<</Type/XObject/Subtype/Form/BBox[0 0 300 20]/Group<</S/Transparency/CS/DeviceGray>>/Resources<</Font<</F1 3 0 R>>>>>>`,
  data: content,
});
const paints = (area: string): string => `${LINE} q /Pattern cs /P scn ${area} f Q`;

async function wordsOfClean(content: string, objects: RawObject[]): Promise<{ text: string; x: number; y: number }[]> {
  writeFileSync(input, rawPdf([{ content, resources: '/Pattern<</P 4 0 R>>/ExtGState<</S 6 0 R>>' }], objects));
  await engine.sanitise(input, out);
  const [{ words }] = await engine.readPages(out);
  return words.map(({ text, box }) => ({ text, x: Math.round(box[0]), y: Math.round(box[1] / 10) * 10 }));
}

describe('letters that a tiling pattern shows', () => {
  it('are words of the page where the tiles are painted, and nowhere else', async () => {
    const words = await wordsOfClean(paints('1 0 0 1 5 5 cm 70 400 350 10 re'), [tile(letters('Fliseord')), form('')]);
    expect(words.filter(({ text }) => text === 'Fliseord')).toEqual([
      { text: 'Fliseord', x: 2, y: 400 },
      { text: 'Fliseord', x: 202, y: 400 },
      { text: 'Fliseord', x: 402, y: 400 },
    ]);
  });

  it('are read when a form in the tile shows them, and the tile is turned', async () => {
    const turned = tile('/Indre Do', '/Matrix[0 1 -1 0 300 100]');
    const words = await wordsOfClean(paints('282 102 10 150 re'), [turned, form(letters('Indenfor'))]);
    expect(words.filter(({ text }) => text === 'Indenfor')).toHaveLength(1);
  });

  it('change nothing of what is seen', async () => {
    const content = paints('70 400 350 10 re');
    writeFileSync(input, rawPdf([{ content, resources: '/Pattern<</P 4 0 R>>' }], [tile(letters('Fliseord'))]));
    await engine.sanitise(input, out);
    const [before, after] = await Promise.all(
      [input, out].map((pdf) => engine.rasterise(pdf, 0, { dpi: 72, format: 'png' })),
    );
    expect(after.equals(before)).toBe(true);
  });

  it('make the page a picture when they are too many to be told apart', async () => {
    const tiny = tile(letters('x'), '').dict.replace(/\/[XY]Step \d+/g, (step) => step.replace(/\d+/, '12'));
    const content = paints('0 0 595 842 re');
    writeFileSync(
      input,
      rawPdf([{ content, resources: '/Pattern<</P 4 0 R>>' }], [{ dict: tiny, data: letters('x') }]),
    );
    expect(await engine.sanitise(input, out)).toMatchObject({ rasterised: [{ page: 0, why: 'content-unreadable' }] });
  });
});

it('reads letters that a soft mask shows where the mask is laid', async () => {
  const words = await wordsOfClean(`${LINE} q 1 0 0 1 100 300 cm /S gs 0 g 0 0 300 20 re f Q`, [
    tile(''),
    form(letters('Maskeord')),
    { dict: '<</Type/ExtGState/SMask<</S/Luminosity/G 5 0 R>>>>' },
  ]);
  expect(words).toContainEqual({ text: 'Maskeord', x: 102, y: 300 });
});

it.each([
  ['tiling-pattern', paints('70 400 180 18 re')],
  ['soft-mask', `${LINE} q 1 0 0 1 100 300 cm /S gs 0 g 0 0 300 20 re f Q`],
])('removes what a %s shows: the page becomes a picture, its other words stay', async (why, content) => {
  const resources = why === 'soft-mask' ? '/ExtGState<</S 6 0 R>>' : '/Pattern<</P 4 0 R>>';
  const mask = { dict: '<</Type/ExtGState/SMask<</S/Luminosity/G 5 0 R>>>>' };
  writeFileSync(
    input,
    rawPdf([{ content, resources }], [tile(letters(SECRET)), form(letters(SECRET).replace('0.4', '1')), mask]),
  );
  const verdict = await redactDocument(engine, input, out, {}, { absent: [{ text: SECRET }], everywhere: true });
  expect(verdict).toMatchObject({ verdict: 'pass', written: true, rasterised: [{ page: 0, why }] });
  expect(verdict.removedElsewhere.length).toBeGreaterThan(0);
  expect((await engine.readPages(out))[0].text).toBe('En linje om et roligt forhold');
});

describe('a content stream followed for its patterns', () => {
  const WRITING = {
    tiles: new Map([
      ['P', { form: 'Skrift', box: [0, 0, 9, 9] as const, xStep: 10, yStep: 10, matrix: [1, 0, 0, 1, 0, 0] as const }],
    ]),
    masks: new Map([['M', 'Maske']]),
  } as unknown as ConstructorParameters<typeof WritingInPaint>[0];
  const follow = (operations: string[]): string[] => {
    const writing = new WritingInPaint(WRITING);
    return operations.map((operation) => {
      const words = operation.split(' ');
      const operands = words.slice(0, -1);
      return writing.after(words.at(-1) as string, (index) => operands.at(index));
    });
  };

  it('writes nothing where the clip leaves nothing, or the colour is another', () => {
    expect(follow(['0 0 5 5 re', 'W', 'n', '/P scn', '20 20 5 5 re', 'f'])).toEqual(['', '', '', '', '', '']);
    expect(follow(['/P scn', '1 0 0 rg', '0 0 5 5 re', 'f'])).toEqual(['', '', '', '']);
    expect(follow(['q', '/P scn', 'Q', '0 0 5 5 re', 'f'])).toEqual(['', '', '', '', '']);
  });

  it('waits for the end of a text', () => {
    expect(follow(['BT', '/M gs', '(x) Tj', 'ET'])).toEqual(['', '', '', 'q /Maske Do Q']);
  });

  it('places a tile where the pattern lies, wherever the content has moved to', () => {
    expect(follow(['2 0 0 2 10 20 cm', '/P scn', '1 1 1 1 re', 'f']).at(-1)).toBe('q 0.5 0 0 0.5 0 0 cm /Skrift Do Q');
  });
});

it('keeps the letters of a stream and nothing that is seen', () => {
  const { content, hasText, painted } = textOnly('1 0 0 rg 0 0 9 9 re f BT 2 Tr /F 9 Tf (a) Tj ET /X Do /G gs % b');
  expect(content.split('\n')).toEqual(['0 0 0 0 re W n 3 Tr', 'BT', '/F 9 Tf', '(a) Tj', 'ET', '/X Do']);
  expect([hasText, [...painted]]).toEqual([true, ['/X']]);
});
