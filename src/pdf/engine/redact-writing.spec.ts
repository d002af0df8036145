import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redactDocument } from '../redact-document';
import { typeset } from '../typeset';
import { PdfEngine } from './pdf-engine';
import { rawPdf, type RawObject } from './raw-pdf';

const engine = new PdfEngine({ processes: 1 });
const folder = mkdtempSync(join(tmpdir(), 'pdf-writing-'));
const [input, out] = [join(folder, 'ind.pdf'), join(folder, 'ud.pdf')];
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

/** Removes the words of the first page that are named, and gives what can be read afterwards. */
async function without(...gone: string[]): Promise<string> {
  const [page] = await engine.readPages(input);
  const boxes = page.words.filter((word) => gone.includes(word.text)).map((word) => word.box);
  expect(boxes).toHaveLength(gone.length);
  const verdict = await redactDocument(engine, input, out, { 0: boxes });
  expect(verdict).toMatchObject({ verdict: 'pass', rasterisedPages: [] });
  return (await engine.readPages(out))[0].text.replace(/\s+/g, ' ');
}

describe('writing', () => {
  it('with ligatures in a font of glyph numbers goes word by word', async () => {
    const template = join(folder, 'brev.typ');
    writeFileSync(
      template,
      '#set document(title: "Brev")\n#set text(lang: "da")\nFinn fik offentlige filer og en affidavit her',
    );
    writeFileSync(input, (await typeset(template, {}, { standard: 'ua-1' })).pdf);
    expect(await without('filer', 'affidavit')).toBe('Finn fik offentlige og en her');
  });

  it('from top to bottom goes without its neighbours', async () => {
    const unicode =
      '/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000><ffff> endcodespacerange 1 beginbfrange <0020><00ff><0020> endbfrange endcmap end';
    const objects: RawObject[] = [
      {
        dict: '<</Type/Font/Subtype/Type0/BaseFont/Arial/Encoding/Identity-V/DescendantFonts[5 0 R]/ToUnicode 7 0 R>>',
      },
      {
        dict: '<</Type/Font/Subtype/CIDFontType2/BaseFont/Arial/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 6 0 R/DW 600>>',
      },
      {
        dict: '<</Type/FontDescriptor/FontName/Arial/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700/StemV 80>>',
      },
      { dict: '<<>>', data: unicode },
    ];
    const hex = (text: string) =>
      [...text].map((letter) => letter.charCodeAt(0).toString(16).padStart(4, '0')).join('');
    const column = (x: number, text: string) => `BT /V 14 Tf ${x} 700 Td <${hex(text)}> Tj ET\n`;
    const content = column(300, 'Karen') + column(200, 'bliver');
    writeFileSync(
      input,
      rawPdf([{ content, resources: '/V 4 0 R' }], objects)
        .toString('latin1')
        .replaceAll('/F1 3 0 R>>/V 4 0 R', '/F1 3 0 R/V 4 0 R>>'),
      'latin1',
    );
    const letters = (await engine.readPages(input))[0].words;
    const boxes = letters.filter((word) => word.box[0] > 250).map((word) => word.box);
    const verdict = await redactDocument(engine, input, out, { 0: boxes }, { keepElsewhere: true });
    expect(verdict).toMatchObject({ verdict: 'pass', written: true });
    const left = (await engine.readPages(out))[0].words.map((word) => word.text).join('');
    expect(left).toBe('bliver');
  });
});
