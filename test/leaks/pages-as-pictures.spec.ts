import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFName, PDFRawStream, StandardFonts } from 'pdf-lib';
import { PdfEngine, redactDocument } from '../../src/pdf';
import { foundOutside } from './outside-walk';

const SECRET = { text: '120388-1234', type: 'CPR' };

describe('a text that lies hidden in what one page is drawn with', () => {
  const folder = mkdtempSync(join(tmpdir(), 'leaks-'));
  const engine = new PdfEngine({ temporaryFolder: folder });
  afterAll(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  it('makes that page a picture, says why, and leaves the words of every page', async () => {
    const [from, to] = [join(folder, 'ind.pdf'), join(folder, 'ud.pdf')];
    writeFileSync(from, await threePages());
    const verdict = await redactDocument(engine, from, to, {}, { absent: [SECRET], temporaryFolder: folder });
    expect(verdict).toMatchObject({ verdict: 'pass', written: true });
    expect(verdict.rasterised).toEqual([{ page: 1, why: 'hidden-text-left' }]);
    expect(foundOutside(to, SECRET)).toEqual([]);
    const words = (await engine.readPages(to)).map((page) => page.words.map(({ text }) => text).join(' '));
    expect(words).toEqual(['Roligt notat 1', 'Roligt notat 2', 'Roligt notat 3']);
  });
});

/** The second page draws with a font whose name is the secret. */
async function threePages(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (const number of [1, 2, 3]) {
    const page = document.addPage([400, 300]);
    page.drawText(`Roligt notat ${number}`, { x: 40, y: 200, size: 14, font });
    if (number !== 2) continue;
    const { context } = document;
    const named = { Type: 'Font', Subtype: 'Type1', BaseFont: SECRET.text, Encoding: 'WinAnsiEncoding' };
    page.node.setFontDictionary(PDFName.of('N'), context.register(context.obj(named)));
    const drawn = PDFRawStream.of(context.obj({}), Buffer.from('BT /N 12 Tf 40 100 Td ( ) Tj ET'));
    page.node.addContentStream(context.register(drawn));
  }
  return document.save();
}
