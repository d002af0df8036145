import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import type { Box } from '../../contracts';
import { FileIndex } from './file-index';
import { PdfEngine } from './pdf-engine';
import { rawPdf, type RawPage } from './raw-pdf';

const PAGES = 130;
const engine = new PdfEngine({ processes: 2 });
const folder = mkdtempSync(join(tmpdir(), 'pdf-large-'));
const input = join(folder, 'ind.pdf');
const clean = join(folder, 'renset.pdf');
const out = join(folder, 'ud.pdf');
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const page = (index: number): RawPage => ({
  content: `BT /F1 14 Tf 72 700 Td (Side nummer ${index + 1} navn${index + 1} slut) Tj ET`,
});
const pages = Array.from({ length: PAGES }, (_, index) => page(index));
const expected = pages.map((_, index) => `Side nummer ${index + 1} navn${index + 1} slut`);
const texts = async (pdf: string) => (await engine.readPages(pdf)).map(({ text }) => text);

/** The same pages as another program writes them: objects in compressed streams, a tree of pages, a newer revision. */
async function rewritten(bytes: Buffer): Promise<Buffer> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  return Buffer.from(await document.save({ useObjectStreams: true }));
}

describe('a document of more than a hundred pages', () => {
  it('keeps every page, in order, and one revision', async () => {
    writeFileSync(input, rawPdf(pages));
    expect(await engine.sanitise(input, clean)).toEqual({ pages: PAGES, hidden: [], rasterised: [] });
    expect(await texts(clean)).toEqual(expected);
    expect(readFileSync(clean, 'latin1').match(/startxref/g)).toHaveLength(1);
  });

  it('is read the same when its objects lie in compressed streams', async () => {
    writeFileSync(input, await rewritten(rawPdf(pages)));
    await engine.sanitise(input, clean);
    expect(await texts(clean)).toEqual(expected);
  });

  it('is repaired first when its list of objects is lost', async () => {
    const whole = rawPdf(pages);
    whole.fill(' ', whole.lastIndexOf('xref\n0'), whole.indexOf('trailer'));
    writeFileSync(input, whole);
    await engine.sanitise(input, clean);
    expect(await texts(clean)).toEqual(expected);
  });

  it('tells what was hidden on which page, and what annotations showed stays', async () => {
    const note = '/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(Husk at ringe)>>]';
    writeFileSync(input, rawPdf(pages.map((each, index) => (index === 120 ? { ...each, page: note } : each))));
    const { hidden } = await engine.sanitise(input, clean);
    expect(hidden).toEqual([{ kind: 'annotation', page: 120, text: 'Husk at ringe' }]);
  });

  it('loses what boxes on its first and last page cover, and nothing else', async () => {
    writeFileSync(input, rawPdf(pages));
    await engine.sanitise(input, clean);
    const boxes = Object.fromEntries(
      await Promise.all(
        [0, PAGES - 1].map(async (index) => {
          const [read] = await engine.readPages(clean, { pages: [index] });
          return [index, [read.words[3].box]] as [number, Box[]];
        }),
      ),
    );
    const result = await engine.redact(clean, out, boxes);
    expect(result).toMatchObject({ pages: PAGES, rasterised: [], changedPixels: 0 });
    expect(Object.keys(result.applied)).toEqual(['0', String(PAGES - 1)]);
    const without = (index: number) => `Side nummer ${index + 1} slut`;
    expect(await texts(out)).toEqual(
      expected.map((text, index) => (index === 0 || index === PAGES - 1 ? without(index) : text)),
    );
  });
});

describe('the list of objects of a file', () => {
  it('takes the newest place of each object, and no object of a trap', async () => {
    const { PDFContext } = await import('pdf-lib');
    const bytes = rawPdf([page(0)]);
    const first = bytes.indexOf('3 0 obj');
    const before = Number(/startxref\s+(\d+)/.exec(bytes.toString('latin1'))![1]);
    const table = (entry: string) => `xref\n3 1\n${entry} 00000 n \ntrailer\n<</Size 6/Root 1 0 R/Prev ${before}>>\n`;
    const updated = Buffer.concat([
      bytes,
      Buffer.from(`${table(String(first).padStart(10, '0'))}startxref\n${bytes.length}\n%%EOF\n`),
    ]);
    writeFileSync(input, updated);
    expect(FileIndex.read(input, PDFContext.create()).placeOf(3)).toMatchObject({ offset: first });
    const trap = Buffer.from(updated.toString('latin1').replace('3 1\n', '99999999 1\n'), 'latin1');
    writeFileSync(input, trap);
    expect(() => FileIndex.read(input, PDFContext.create())).toThrow('cannot be followed');
  });
});
