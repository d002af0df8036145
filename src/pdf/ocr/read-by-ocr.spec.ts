import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rawPdf } from '../engine/raw-pdf';
import { PdfEngine } from '../engine/pdf-engine';
import { nativeIsThere, parseTsv } from './native-tesseract';
import { closeOcr, readByOcr, type OcrEngine } from './read-by-ocr';

const LINES = [
  'Kommunen har den 3. maj modtaget en henvendelse om barnets trivsel.',
  'M\\370det blev holdt p\\345 skolen, hvor for\\346ldrene fortalte om hverdagen.',
  'CPR-nummer 120388-1234 er registreret i sagen hos familieafdelingen.',
];
const content = `BT /F1 13 Tf 24 TL 72 700 Td ${LINES.map((line) => `(${line}) Tj T*`).join(' ')} ET`;

const engine = new PdfEngine({ processes: 1 });
const folder = mkdtempSync(join(tmpdir(), 'ocr-'));
afterAll(async () => {
  await closeOcr();
  await engine.close();
  rmSync(folder, { recursive: true });
});

async function reads(program: OcrEngine) {
  const upright = join(folder, 'opret.pdf');
  writeFileSync(upright, rawPdf([{ content }]));
  const png = await engine.rasterise(upright, 0, { dpi: 300, format: 'png' });
  return readByOcr(png, { dpi: 300, pageWidth: 595, pageHeight: 842, rotation: 0, language: 'dan', engine: program });
}

function expectDanishPage(result: Awaited<ReturnType<typeof reads>>) {
  expect(result?.text).toContain('Mødet blev holdt på skolen, hvor forældrene fortalte om hverdagen.');
  const number = result?.words.find((word) => word.text === '120388-1234');
  expect(result?.text.slice(number?.start, number?.end)).toBe('120388-1234');
  expect(number?.box[1]).toBeGreaterThan(645);
  expect(number?.box[3]).toBeLessThan(668);
  expect(result?.trust).toBeGreaterThan(0.85);
}

it('reads a Danish page with the package alone, in points of the page', async () => {
  const result = await reads('js');
  expect(result?.engine).toBe('js');
  expectDanishPage(result);
});

it('reads a Danish page with the machine’s own program, and with the package where there is none', async () => {
  const result = await reads('auto');
  expect(result?.engine).toBe((await nativeIsThere()) ? 'native' : 'js');
  expectDanishPage(result);
});

it('says that nobody can read when no program may be used', async () => {
  expect(await reads('none')).toBeNull();
});

it('takes words, places and trust from the table of the machine’s own program', () => {
  const header = 'level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext';
  const [word] = parseTsv(`${header}\n5\t1\t1\t1\t1\t1\t10\t20\t30\t5\t96.5\tord\n`);
  expect(word).toEqual({ text: 'ord', left: 10, top: 20, right: 40, bottom: 25, trust: 0.965, line: 0 });
});

it('gives boxes of the unrotated page when the page is shown turned', async () => {
  const turned = join(folder, 'vendt.pdf');
  const upward = `BT /F1 13 Tf 0 1 -1 0 300 100 Tm (${LINES[0]}) Tj ET`;
  writeFileSync(turned, rawPdf([{ content: upward, page: '/Rotate 90' }]));
  const png = await engine.rasterise(turned, 0, { dpi: 300, format: 'png' });
  const place = { pageWidth: 595, pageHeight: 842, rotation: 90, language: 'dan' } as const;
  const result = await readByOcr(png, { dpi: 300, ...place });
  const [first] = result?.words ?? [];
  expect(first.text).toBe('Kommunen');
  expect(first.box[0]).toBeGreaterThan(285);
  expect(first.box[2]).toBeLessThan(305);
  expect(first.box[1]).toBeGreaterThan(98);
  expect(first.box[3]).toBeLessThan(175);
});
