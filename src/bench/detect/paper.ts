import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fontkit from '@pdf-lib/fontkit';
import { PDFDocument, type PDFFont } from 'pdf-lib';
import sharp from 'sharp';
import type { PageText } from '../../contracts';
import { type PdfEngine, readByOcr } from '../../pdf';

const A4 = { width: 595, height: 842, margin: 56, size: 10, leading: 14 };
const FONT = join(dirname(require.resolve('dkfds')), '../fonts/IBMPlexSans/complete/ttf/IBMPlexSans-Regular.ttf');
const SCAN_DPI = 200;

/** The text set on pages, long lines broken at the margin as a word processor does. */
export async function onPaper(text: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const font = await pdf.embedFont(readFileSync(FONT), { subset: true });
  const lines = text.split('\n').flatMap((line) => broken(line.replace(/\t/g, '    '), font));
  const perPage = Math.floor((A4.height - 2 * A4.margin) / A4.leading);
  for (let from = 0; from < lines.length; from += perPage) {
    const page = pdf.addPage([A4.width, A4.height]);
    for (const [at, line] of lines.slice(from, from + perPage).entries())
      page.drawText(line, { x: A4.margin, y: A4.height - A4.margin - at * A4.leading, size: A4.size, font });
  }
  return pdf.save();
}

/** The pages' own text. */
export async function readBack(engine: PdfEngine, pdf: Uint8Array): Promise<string> {
  return inFile(pdf, async (file) => (await engine.readPages(file)).map(({ text }) => text).join('\n'));
}

/** The pages as pictures of 200 dpi, askew and grainy as from a worn scanner, read by OCR. Null: no program reads here. */
export async function scanned(engine: PdfEngine, pdf: Uint8Array): Promise<string | null> {
  return inFile(pdf, async (file) => {
    const texts: string[] = [];
    for (const page of await engine.readPages(file)) {
      const picture = await engine.rasterise(file, page.index, { dpi: SCAN_DPI, format: 'png' });
      const read = await readByOcr(await worn(picture, page.index), ocrOptions(page));
      if (!read) return null;
      texts.push(read.text);
    }
    return texts.join('\n');
  });
}

function ocrOptions({ width, height }: PageText): Parameters<typeof readByOcr>[1] {
  return { dpi: SCAN_DPI, pageWidth: width, pageHeight: height, rotation: 0, language: 'dan' };
}

/** Turned by 0.4 degrees, blurred, with grain: the same each time. */
export async function worn(picture: Uint8Array, seed: number): Promise<Buffer> {
  const { data, info } = await sharp(picture)
    .flatten({ background: 'white' })
    .rotate(0.4, { background: 'white' })
    .blur(0.6)
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  let state = seed + 1;
  for (let at = 0; at < data.length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const grain = (state / 4_294_967_296 - 0.5) * 90;
    data[at] = Math.max(0, Math.min(255, data[at]! * 0.92 + 10 + grain));
  }
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 1 } })
    .png()
    .toBuffer();
}

function broken(line: string, font: PDFFont): string[] {
  const width = A4.width - 2 * A4.margin;
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(/(?<= )/)) {
    if (current !== '' && font.widthOfTextAtSize((current + word).trimEnd(), A4.size) > width) {
      lines.push(current.trimEnd());
      current = '';
    }
    current += word;
  }
  return [...lines, current];
}

async function inFile<T>(pdf: Uint8Array, action: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-bench-'));
  try {
    const file = join(folder, 'page.pdf');
    await writeFile(file, pdf);
    return await action(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
