import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import type { Box, BoxesByPage } from '../../src/contracts';
import { closeOcr, PdfEngine, redactDocument } from '../../src/pdf';
import { pixelsOf, type Picture } from '../../src/pdf/engine/render';
import { missingProgram } from '../support/missing-program';

/**
 * The 26 cases through the eyes of programs that the engine and the gate do not use: poppler reads and draws, qpdf unpacks
 * every object, tesseract reads the picture.
 */
interface PdfCase {
  file: string;
  rects: BoxesByPage;
  keep: string[];
  kind: string;
  secret: string | string[];
}

const FOLDER = join(__dirname, '../data/pdf-cases');
const CASES = Object.values(JSON.parse(readFileSync(join(FOLDER, 'cases.json'), 'utf8')) as Record<string, PdfCase>);
const DPI = 72;
const OCR_DPI = 150;
/** How different a sample must be to count, of 255; how many pixels outside the boxes may be. */
const DIFFERENT = 64;
const BOUND = 40;

const run = promisify(execFile);
const engine = new PdfEngine({ processes: 1 });
const folder = mkdtempSync(join(tmpdir(), 'pdf-cases-'));
afterAll(async () => {
  await engine.close();
  await closeOcr();
  rmSync(folder, { recursive: true });
});

const squeezed = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

async function textByPoppler(pdf: string, page: number): Promise<string> {
  const { stdout } = await run('pdftotext', ['-raw', '-f', String(page), '-l', String(page), pdf, '-']);
  return stdout;
}

async function objectsByQpdf(pdf: string): Promise<string> {
  const out = join(folder, 'udpakket.pdf');
  await run('qpdf', ['--qdf', '--object-streams=disable', '--decode-level=generalized', pdf, out]);
  return readFileSync(out, 'latin1');
}

async function pictureByPoppler(pdf: string, page: number, dpi: number): Promise<Buffer> {
  const out = join(folder, `billede-${dpi}-${page}`);
  const only = ['-f', String(page), '-l', String(page)];
  await run('pdftoppm', ['-r', String(dpi), ...only, '-cropbox', '-png', '-singlefile', pdf, out]);
  return readFile(`${out}.png`);
}

async function textByOcr(pdf: string): Promise<string> {
  const picture = join(folder, 'laest.png');
  await writeFile(picture, await pictureByPoppler(pdf, 1, OCR_DPI));
  const { stdout } = await run('tesseract', [picture, '-', '--psm', '3', '-l', 'dan', '--dpi', String(OCR_DPI)]);
  return stdout;
}

type Draw = (pdf: string) => Promise<Buffer>;

/** Pixels of a page (from 0) outside the boxes that differ between two files. */
async function changedPixels(before: string, after: string, page: number, boxes: Box[], draw: Draw): Promise<number> {
  const pictures = [await draw(before), await draw(after)].map((png) => sharp(png).removeAlpha());
  const [old, now] = await Promise.all(pictures.map((picture) => picture.raw().toBuffer()));
  const { width = 0 } = await pictures[1].metadata();
  const [frame] = await engine.readPages(after, { pages: [page] });
  const place = { frame: { ...frame, origin: frame.origin ?? [0, 0] }, scale: DPI / 72 } as unknown as Picture;
  const covers = boxes.map((box) => pixelsOf(place, [box[0] - 3, box[1] - 3, box[2] + 3, box[3] + 3]));
  expect(now.length).toBe(old.length);
  let changed = 0;
  for (let at = 0; at < old.length; at += 3) {
    const [x, y] = [(at / 3) % width, Math.floor(at / 3 / width)];
    const isOther = [0, 1, 2].some((part) => Math.abs(old[at + part] - now[at + part]) > DIFFERENT);
    if (isOther && !covers.some(([left, top, right, bottom]) => x >= left && x < right && y >= top && y < bottom))
      changed++;
  }
  return changed;
}

const missing = ['pdftotext', 'qpdf', 'tesseract'].find((program) =>
  missingProgram(program, 'what other programs see in redacted files'),
);
(missing ? describe.skip : describe)('the 26 cases, judged by poppler, qpdf and tesseract', () => {
  it.each(CASES.map((each) => [each.file, each] as const))('%s', async (file, { rects, keep, kind, secret }) => {
    const input = join(FOLDER, file);
    const out = join(folder, file);
    const keepElsewhere = kind.endsWith('_p0');
    const verdict = await redactDocument(engine, input, out, rects, { keepElsewhere, everywhere: !keepElsewhere });
    expect(verdict).toMatchObject({ verdict: 'pass', written: true });

    const [text, seen, inner] = [await textByPoppler(out, 1), await textByOcr(out), await objectsByQpdf(out)];
    const plain = text.replace(/\s+/g, ' ');
    for (const gone of [secret].flat()) {
      expect(squeezed(text)).not.toContain(squeezed(gone));
      expect(squeezed(seen)).not.toContain(squeezed(gone));
      if (!keepElsewhere) expect(inner).not.toContain(gone);
    }
    for (const kept of keep) expect(plain).toContain(kept);

    // What sanitising leaves out on purpose (the sign of a note) is not a change; two engines fill a pattern differently.
    const clean = join(folder, 'renset.pdf');
    await engine.sanitise(input, clean);
    const isPicture = verdict.rasterisedPages.includes(0);
    const draw = (page: number): Draw =>
      isPicture
        ? (pdf) => engine.rasterise(pdf, page, { dpi: DPI, format: 'png' })
        : (pdf) => pictureByPoppler(pdf, page + 1, DPI);
    const removed = verdict.removedElsewhere.filter(({ page }) => page === 0).map(({ box }) => box);
    const boxes = [...(rects[0] ?? []), ...removed];
    expect(await changedPixels(clean, out, 0, boxes, draw(0))).toBeLessThanOrEqual(BOUND);
    if (keepElsewhere) {
      expect(await textByPoppler(out, 2)).toBe(await textByPoppler(input, 2));
      expect(await changedPixels(input, out, 1, [], draw(1))).toBe(0);
    }
  });
});
