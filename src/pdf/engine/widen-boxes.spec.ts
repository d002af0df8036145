import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Box } from '../../contracts';
import { PdfEngine } from './pdf-engine';
import { rawPdf } from './raw-pdf';
import { WIDTH_STEP } from './widen-boxes';

const engine = new PdfEngine({ processes: 1 });
const folder = mkdtempSync(join(tmpdir(), 'pdf-widen-'));
const [input, out] = [join(folder, 'ind.pdf'), join(folder, 'ud.pdf')];
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const text = (x: number, y: number, words: string) => `BT /F1 12 Tf ${x} ${y} Td (${words}) Tj ET\n`;

/** Redacts one word of a page, and gives its cover and the words that are left. */
async function cover(content: string, word: string, width: 'steps' | 'line', page = '') {
  writeFileSync(input, rawPdf([{ content, page }]));
  const [read] = await engine.readPages(input);
  const box = read.words.find((each) => each.text === word)!.box;
  const { applied, rasterised } = await engine.redact(input, out, { 0: [box] }, { width });
  expect(rasterised).toEqual([]);
  const left = (await engine.readPages(out))[0].words.map((each) => each.text);
  return { box, cover: applied[0][0], left };
}

const wide = (box: Box) => box[2] - box[0];
const holds = (outer: Box, inner: Box) => outer[0] <= inner[0] && outer[2] >= inner[2];

describe('covers in steps', () => {
  it('are as wide for a short name as for a longer one at the end of a line', async () => {
    const [ib, ibsen] = [
      await cover(text(72, 700, 'Naboen hedder Ib'), 'Ib', 'steps'),
      await cover(text(72, 700, 'Naboen hedder Ibsen'), 'Ibsen', 'steps'),
    ];
    expect(wide(ib.cover)).toBeCloseTo(WIDTH_STEP, 3);
    expect(wide(ibsen.cover)).toBeCloseTo(WIDTH_STEP, 3);
    expect(holds(ib.cover, ib.box)).toBe(true);
    expect(ib.left).toEqual(['Naboen', 'hedder']);
  });

  it('never grow over a word that nobody decided on', async () => {
    const { cover: drawn, left } = await cover(text(72, 700, 'Naboen Ib ringede i gaar'), 'Ib', 'steps');
    expect(left).toEqual(['Naboen', 'ringede', 'i', 'gaar']);
    const after = (await engine.readPages(out))[0].words[1].box;
    expect(drawn[2]).toBeLessThan(after[0]);
  });

  it('stop at the rule of a table', async () => {
    const rule = '0.5 w 100 690 m 100 720 l S\n';
    const { cover: drawn } = await cover(`${rule}${text(72, 700, 'Ib')}`, 'Ib', 'steps');
    expect(drawn[2]).toBeLessThan(100);
    expect(drawn[2]).toBeGreaterThan(96);
  });

  it('keep the box of text that runs up the page', async () => {
    const upwards = 'BT /F1 12 Tf 0 1 -1 0 300 400 Tm (Ibsen) Tj ET';
    const { box, cover: drawn } = await cover(upwards, 'Ibsen', 'steps');
    expect(wide(drawn)).toBeCloseTo(wide(box), 3);
  });
});

describe('covers of a line', () => {
  it('reach from word to margin, on a turned page too', async () => {
    for (const page of ['', '/Rotate 90']) {
      const { cover: drawn } = await cover(text(72, 700, 'Navn: Ib'), 'Ib', 'line', page);
      expect(drawn[2]).toBeCloseTo(575, 0);
      expect(drawn[0]).toBeGreaterThan(100);
    }
  });
});
