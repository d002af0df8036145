import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { redactDocument } from '../redact-document';
import { decodeStream } from './decode-stream';
import { PdfDamagedError } from './errors';
import { parse } from './document-bytes';
import { PdfEngine } from './pdf-engine';
import { rawPdf, type RawObject } from './raw-pdf';
import { PDFName, type PDFRawStream } from 'pdf-lib';

const engine = new PdfEngine({ processes: 1 });
const folder = mkdtempSync(join(tmpdir(), 'pdf-damaged-'));
const input = join(folder, 'ind.pdf');
const out = join(folder, 'ud.pdf');
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const SEEN = 'BT /F1 24 Tf 72 700 Td (Rolig tekst) Tj ET';
const calls = 'BT /F1 24 Tf 72 700 Td (Rolig tekst) Tj ET /X Do';
const withForm = (form: RawObject) => rawPdf([{ content: calls, resources: '/XObject<</X 4 0 R>>' }], [form]);
const form = (filter: string, data: Buffer | string): RawObject => ({
  dict: `<</Type/XObject/Subtype/Form/BBox[0 0 595 842]${filter}>>`,
  data,
});

/** The same length in and out, so that the table of objects stays right. */
function swapped(pdf: Buffer, from: string, to: string): Buffer {
  expect(to.length).toBe(from.length);
  const text = pdf.toString('latin1');
  expect(text).toContain(from);
  return Buffer.from(text.replace(from, to), 'latin1');
}

const sanitised = async (pdf: Buffer) => {
  writeFileSync(input, pdf);
  return engine.sanitise(input, out);
};

describe('a page that can be shown but not taken apart becomes a picture, and it is told why', () => {
  it.each([
    ['a form whose data is broken', form('/Filter/FlateDecode', 'BTBT no deflate data')],
    ['a form with a filter for pictures', form('/Filter/JBIG2Decode', 'abc')],
    ['a form with a filter that nobody knows', form('/Filter/PlateDecode', 'abc')],
    ['a form with a predictor', form('/Filter/FlateDecode/DecodeParms<</Predictor 12>>', deflateSync('q Q'))],
  ])('%s', async (_, object) => {
    const result = await sanitised(withForm(object));
    expect(result.rasterised).toEqual([{ page: 0, why: 'content-unreadable' }]);
    expect(result.hidden).toContainEqual(expect.objectContaining({ page: 0, kind: 'metadata' }));
    const [page] = await engine.readPages(out);
    expect(page.text).toContain('Rolig tekst');
  });

  it('leaves the other pages as they are, and nothing of the broken one behind', async () => {
    const broken = form('/Filter/PlateDecode', 'abc');
    const pages = [{ content: SEEN }, { content: calls, resources: '/XObject<</X 4 0 R>>' }, { content: SEEN }];
    const result = await sanitised(rawPdf(pages, [broken]));
    expect(result).toMatchObject({ pages: 3, rasterised: [{ page: 1, why: 'content-unreadable' }] });
    expect((await engine.readPages(out)).map((page) => page.text.includes('Rolig tekst'))).toEqual([true, true, true]);
    expect(await engine.verify(out, { absent: [], reading: 'none' })).toMatchObject({ verdict: 'pass', pages: 3 });
  });

  it('every page, when the tree of pages cannot be followed', async () => {
    const result = await sanitised(swapped(rawPdf([{ content: SEEN }]), '/Type/Pages', '/Type/Pagez'));
    expect(result).toMatchObject({ pages: 1, rasterised: [{ page: 0, why: 'tree-unreadable' }] });
    expect((await engine.readPages(out))[0].text).toContain('Rolig tekst');
  });

  it('keeps what stamps and form fields show', async () => {
    const stamp: RawObject = {
      dict: '<</Type/XObject/Subtype/Form/BBox[0 0 200 40]/Resources<</Font<</F1 3 0 R>>>>>>',
      data: 'BT /F1 20 Tf 5 10 Td (Stemplet) Tj ET',
    };
    const mark: RawObject = {
      dict: '<</Type/Annot/Subtype/Stamp/F 4/Rect[100 300 300 340]/AP<</N 5 0 R>>>>',
    };
    const pages = [{ content: calls, resources: '/XObject<</X 4 0 R>>', page: '/Annots[6 0 R]' }];
    const result = await sanitised(rawPdf(pages, [form('/Filter/PlateDecode', 'abc'), stamp, mark]));
    expect(result.rasterised).toHaveLength(1);
    expect((await engine.readPages(out))[0].text).toContain('Stemplet');
  });
});

it('says in the verdict which pages could not be taken apart, and the gate passes them', async () => {
  writeFileSync(input, withForm(form('/Filter/PlateDecode', 'abc')));
  const [{ words }] = await engine.readPages(input);
  const box = words.find((word) => word.text === 'tekst')!.box;
  const verdict = await redactDocument(engine, input, out, { '0': [box] }, {});
  expect(verdict).toMatchObject({
    verdict: 'pass',
    rasterised: [{ page: 0, why: 'content-unreadable' }],
  });
  expect((await engine.readPages(out))[0].text.trim()).toBe('Rolig');
});

it('makes the page of a picture that no program can decode a picture, and leaves the other pages', async () => {
  const broken: RawObject = {
    dict: '<</Type/XObject/Subtype/Image/Width 4/Height 4/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/PlateDecode>>',
    data: 'no deflate data',
  };
  const pages = [
    { content: SEEN },
    { content: `${SEEN} q 9 0 0 9 72 600 cm /X Do Q`, resources: '/XObject<</X 4 0 R>>' },
  ];
  writeFileSync(input, rawPdf(pages, [broken]));
  const verdict = await redactDocument(engine, input, out, {}, {});
  expect(verdict).toMatchObject({ verdict: 'pass', rasterisedPages: [1] });
  expect((await engine.readPages(out)).map(({ text }) => text.trim())).toEqual(['Rolig tekst', 'Rolig tekst']);
});

it('refuses a file without a page that can be shown', async () => {
  const empty = rawPdf([]);
  await expect(sanitised(empty)).rejects.toThrow(PdfDamagedError);
});

it('shows a letter beyond the last of Unicode as unknown', async () => {
  const map = '1 beginbfchar <41> <DBFFDFFFDBFF> endbfchar';
  const cmap = `/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00><FF> endcodespacerange ${map} endcmap end`;
  const font: RawObject = { dict: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>' };
  const page = { content: 'BT /F2 24 Tf 72 700 Td (AB) Tj ET', page: '/Resources<</Font<</F2 4 0 R>>>>' };
  writeFileSync(input, rawPdf([page], [font, { dict: '<<>>', data: cmap }]));
  expect(await engine.readPages(input)).toHaveLength(1);
});

describe('content streams are decoded', () => {
  const decoded = async (entries: string, data: Buffer | string) => {
    const document = await parse(rawPdf([{ content: SEEN }], [{ dict: `<<${entries}>>`, data }]));
    const stream = document.context.enumerateIndirectObjects().find(([ref]) => ref.objectNumber === 4)?.[1];
    expect((stream as PDFRawStream).dict.has(PDFName.of('Length'))).toBe(true);
    return decodeStream(stream as PDFRawStream);
  };

  it.each([
    ['short names of filters', '/Filter[/AHx/Fl]', `${deflateSync('q Q').toString('hex')}>`],
    [
      'without the filter that says "not encrypted"',
      '/Filter[/Crypt/FlateDecode]/DecodeParms[<</Name/Identity>>null]',
      deflateSync('q Q'),
    ],
    ['without a filter', '', 'q Q'],
  ])('%s', async (_, entries, data) => {
    expect(await decoded(entries, data)).toBe('q Q');
  });
});
