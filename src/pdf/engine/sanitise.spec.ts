import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { rawPdf } from './raw-pdf';
import { PdfEngine } from './pdf-engine';

const CASES = join(__dirname, '../../../test/data/pdf-cases');
const engine = new PdfEngine({ processes: 1 });
const folder = mkdtempSync(join(tmpdir(), 'pdf-sanitise-'));
const out = join(folder, 'ud.pdf');
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const hiddenIn = async (name: string) => (await engine.sanitise(join(CASES, name), out)).hidden;

describe('what a reader of the page does not see is told', () => {
  it('comments, notes and addresses of links', async () => {
    const hidden = await hiddenIn('40_annots.pdf');
    expect(hidden).toContainEqual({ kind: 'annotation', page: 0, text: 'fjern note 120388-1234' });
    expect(hidden).toContainEqual({ kind: 'annotation', page: 0, text: 'https://x.dk/?cpr=120388-1234' });
  });

  it('form values, which also become part of the page', async () => {
    expect(await hiddenIn('41_formfield.pdf')).toContainEqual({
      kind: 'form-value',
      page: 0,
      text: 'CPR 120388-1234 · 120388-1234 · 120388-1234',
    });
    expect((await engine.readPages(out))[0].text).toContain('120388-1234');
  });

  it.each([
    ['42_metadata.pdf', { kind: 'metadata', text: 'Title: Sag 120388-1234' }],
    ['43_attachment.pdf', { kind: 'attachment', text: 'a.txt' }],
    ['35_ocg_off.pdf', { kind: 'layer', page: 0, text: 'Ansoeger CPR 120388-1234 bevares efter' }],
    ['46_incremental_old_rev.pdf', { kind: 'metadata', text: 'Filen indeholdt 1 tidligere udgave(r) af dokumentet.' }],
    ['04_actualtext_inline.pdf', { kind: 'replacement-text', page: 0, text: '120388-1234' }],
  ])('%s', async (name, expected) => {
    expect(await hiddenIn(name)).toContainEqual(expected);
  });
});

it('leaves nothing in the document but its pages', async () => {
  const catalog =
    '/Lang(da)/OpenAction<</S/JavaScript/JS(1)>>/Names<</Dests<</Names[(a)[4 0 R]]>>>>/PageLabels<</Nums[0<</P(x)>>]>>';
  const input = join(folder, 'ind.pdf');
  writeFileSync(
    input,
    rawPdf(
      [{ content: 'BT /F1 9 Tf (tekst) Tj ET', page: '/Thumb 3 0 R/Metadata 3 0 R/TrimBox[0 0 9 9]' }],
      [],
      catalog,
    ),
  );
  await engine.sanitise(input, out);
  const document = await PDFDocument.load(readFileSync(out), { updateMetadata: false });
  expect(document.catalog.keys().map(String).sort()).toEqual(['/Pages', '/Type']);
  expect(document.getPage(0).node.keys().map(String).sort()).toEqual([
    '/Contents',
    '/MediaBox',
    '/Parent',
    '/Resources',
    '/Type',
  ]);
  expect(document.context.trailerInfo.Info).toBeUndefined();
});

it('keeps the look of every page to the pixel', async () => {
  for (const name of [
    '01_plain',
    '08_nested_form',
    '09_type3',
    '11_mediabox_offset',
    '29_img_smask',
    '38_tiling_pattern_text',
  ]) {
    const input = join(CASES, `${name}.pdf`);
    await engine.sanitise(input, out);
    const [before, after] = await Promise.all(
      [input, out].map((pdf) => engine.rasterise(pdf, 0, { dpi: 72, format: 'png' })),
    );
    expect({ name, same: after.equals(before) }).toEqual({ name, same: true });
  }
});
