import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { rawImage, rawPdf, type RawObject, type RawPage } from './raw-pdf';
import type { Box, BoxesByPage } from '../../contracts';
import { redactDocument, type RedactDocumentOptions } from '../redact-document';
import { PdfEngine } from './pdf-engine';

const SECRET = '120388-1234';
const LINE = `BT /F1 14 Tf 72 700 Td (Ansoeger CPR ${SECRET} bevares efter) Tj ET`;
const BOX: Box = [169.25, 696.92, 251.75, 710.64];
const PICTURE: Box = [174, 439, 226, 461];
const SIZE = { width: 80, height: 40 };
const isSecret = (x: number, y: number) => x >= 30 && x < 50 && y >= 16 && y < 24;

const engine = new PdfEngine({ processes: 1 });
const folder = mkdtempSync(join(tmpdir(), 'pdf-kinds-'));
const out = join(folder, 'ud.pdf');
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

async function redacted(pdf: Buffer, boxes: BoxesByPage, options: RedactDocumentOptions = { everywhere: true }) {
  const input = join(folder, 'ind.pdf');
  writeFileSync(input, pdf);
  const verdict = await redactDocument(engine, input, out, boxes, options);
  const pages = verdict.written ? await engine.readPages(out) : [];
  return { verdict, texts: pages.map((page) => page.text.replace(/\s+/g, ' ')) };
}

const form = (content: string, entries = ''): RawObject => ({
  dict: `<</Type/XObject/Subtype/Form/BBox[-2000 -2000 2000 2000]/Resources<</Font<</F1 3 0 R>>>>${entries}>>`,
  data: content,
});
const drawsForm: RawPage = { content: '/X Do', resources: '/XObject<</X 4 0 R>>' };
const drawsPicture: RawPage = { content: 'q 200 0 0 100 100 400 cm /X Do Q', resources: '/XObject<</X 4 0 R>>' };

/** The colour in the middle of a box as the page shows it. */
async function colourAt(page: number, box: Box): Promise<number[]> {
  const png = await engine.rasterise(out, page, { dpi: 72, format: 'png' });
  const [left, top] = [Math.round((box[0] + box[2]) / 2), Math.round(842 - (box[1] + box[3]) / 2)];
  return [...(await sharp(png).removeAlpha().extract({ left, top, width: 1, height: 1 }).raw().toBuffer())];
}

describe('text', () => {
  it.each<[string, string]>([
    ['written with kerning', '[(Ansoeger CPR ) 0 (12) -5 (03) 8 (88-12) 3 (34) 0 ( bevares efter)] TJ'],
    [
      'written in hexadecimal',
      '<416e736f65676572204350522031323033383 82d31323334206265766172657320656674657229> Tj'.replace('3 82d', '382d'),
    ],
  ])('goes when it is %s, and its neighbours stay', async (_, show) => {
    const { verdict, texts } = await redacted(rawPdf([{ content: `BT /F1 14 Tf 72 700 Td ${show} ET` }]), { 0: [BOX] });
    expect(verdict).toMatchObject({ verdict: 'pass', rasterisedPages: [] });
    expect(texts[0]).toMatch(/^Ansoeger CPR bevares efter/);
  });

  it('leaves the lines above and below alone when they stand close', async () => {
    const lines = `BT /F1 14 Tf 14 TL 72 714 Td (linjen over her og der og alle) Tj T* (Ansoeger CPR ${SECRET} bevares) Tj T* (linjen under her og der og) Tj ET`;
    const { texts } = await redacted(rawPdf([{ content: lines }]), { 0: [[169.25, 694, 251.75, 714]] });
    expect(texts).toEqual(['linjen over her og der og alle Ansoeger CPR bevares linjen under her og der og']);
  });

  it('goes from one page only when both draw the same form', async () => {
    const { verdict, texts } = await redacted(
      rawPdf([drawsForm, drawsForm], [form(LINE)]),
      { 0: [BOX] },
      { keepElsewhere: true },
    );
    expect(verdict.verdict).toBe('pass');
    expect(texts).toEqual(['Ansoeger CPR bevares efter', `Ansoeger CPR ${SECRET} bevares efter`]);
  });

  it('stays in place around the box when its form is turned by a matrix', async () => {
    const turned = form(`BT /F1 14 Tf 0 0 Td (Ansoeger CPR ${SECRET} bevares) Tj ET`, '/Matrix[0 1 -1 0 300 200]');
    const { verdict, texts } = await redacted(rawPdf([drawsForm], [turned]), { 0: [[286.4, 297.2, 303.2, 379.8]] });
    expect(verdict).toMatchObject({ verdict: 'pass', rasterisedPages: [] });
    expect(texts).toEqual(['Ansoeger CPR bevares']);
  });

  it('makes the page a picture when it clips, and puts the other words back', async () => {
    const clip = `q BT /F1 14 Tf 7 Tr 72 700 Td (Ansoeger CPR ${SECRET} bevares) Tj ET 0 0 1 rg 0 0 595 842 re f Q`;
    const { verdict, texts } = await redacted(rawPdf([{ content: clip }]), { 0: [BOX] });
    expect(verdict).toMatchObject({ verdict: 'pass', rasterisedPages: [0] });
    expect(texts).toEqual(['Ansoeger CPR bevares']);
  });

  it('goes with its comments, its private data and forms that nobody draws', async () => {
    const page: RawPage = {
      content: `% ${SECRET}\n/Hemmelig <</X (${SECRET})>> DP ${LINE}`,
      resources: '/XObject<</Ubrugt 4 0 R>>',
      page: `/PieceInfo<</A<</Private(${SECRET})>>>>/AA<</O<</S/JavaScript/JS(${SECRET})>>>>`,
    };
    const { verdict } = await redacted(rawPdf([page], [form(LINE)]), { 0: [BOX] });
    expect(verdict.verdict).toBe('pass');
  });
});

describe('the same text elsewhere', () => {
  const twice = `${LINE} BT /F1 14 Tf 72 600 Td (Igen CPR:${SECRET}, bevares) Tj ET`;

  it('is kept and reported, and fails the verdict, when nothing is said about it', async () => {
    const { verdict, texts } = await redacted(rawPdf([{ content: twice }]), { 0: [BOX] }, {});
    expect(verdict).toMatchObject({ verdict: 'fail', written: true, keptElsewhere: [{ page: 0 }] });
    expect(texts[0]).toContain(`Igen CPR:${SECRET}, bevares`);
  });

  it('is removed to the letter when it must go everywhere', async () => {
    const { verdict, texts } = await redacted(rawPdf([{ content: twice }]), { 0: [BOX] });
    expect(verdict).toMatchObject({ verdict: 'pass', removedElsewhere: [{ page: 0, visible: true }] });
    expect(texts[0]).toMatch(/Igen CPR: ?, bevares/);
  });

  it('is removed without asking when nobody can see it', async () => {
    const white = `${LINE} 1 g BT /F1 14 Tf 72 600 Td (${SECRET}) Tj ET`;
    const { verdict } = await redacted(rawPdf([{ content: white }]), { 0: [BOX] }, {});
    expect(verdict).toMatchObject({
      verdict: 'pass',
      removedElsewhere: [{ page: 0, visible: false }],
      keptElsewhere: [],
    });
  });
});

describe('pictures', () => {
  const paint = (x: number, y: number) => (isSecret(x, y) ? [255, 0, 255] : [240, 240, 208]);

  it('lose the pixels under the box', async () => {
    const picture = rawImage(SIZE, '/ColorSpace/DeviceRGB', paint);
    const { verdict } = await redacted(rawPdf([drawsPicture], [picture]), { 0: [PICTURE] });
    expect(verdict).toMatchObject({ verdict: 'pass', rasterisedPages: [] });
    expect(await colourAt(0, PICTURE)).toEqual([0, 0, 0]);
    expect(await colourAt(0, [110, 410, 112, 412])).toEqual([240, 240, 208]);
  });

  it('keep them where the same picture stands a second time', async () => {
    const picture = rawImage(SIZE, '/ColorSpace/DeviceRGB', paint);
    const page = { ...drawsPicture, content: `${drawsPicture.content} q 200 0 0 100 100 200 cm /X Do Q` };
    await redacted(rawPdf([page], [picture]), { 0: [PICTURE] });
    const [red, green, blue] = await colourAt(0, [174, 239, 226, 261]);
    expect([red > 240, green < 15, blue > 240]).toEqual([true, true, true]);
  });

  it('lose the shape that their soft mask draws', async () => {
    const picture = rawImage(SIZE, '/ColorSpace/DeviceRGB/SMask 5 0 R', () => [0, 0, 0]);
    const mask = rawImage(SIZE, '/ColorSpace/DeviceGray', (x, y) => [isSecret(x, y) || y < 4 ? 255 : 0]);
    const { verdict } = await redacted(rawPdf([drawsPicture], [picture, mask]), { 0: [PICTURE] });
    expect(verdict.verdict).toBe('pass');
    expect(await colourAt(0, [150, 440, 152, 442])).toEqual([255, 255, 255]);
    expect(await colourAt(0, [200, 496, 202, 498])).toEqual([0, 0, 0]);
  });
});

describe('labels', () => {
  it('are real text where they fit, and are left out where they do not', async () => {
    const labels = { 0: ['§ 15 b, nr. 5', '§ 15 b, nr. 5'] };
    const { verdict, texts } = await redacted(
      rawPdf([{ content: LINE }]),
      { 0: [BOX, [400, 700, 410, 712]] },
      { labels },
    );
    expect(verdict.verdict).toBe('pass');
    expect(texts[0].match(/§ 15 b, nr\. 5/g)).toHaveLength(1);
  });
});
