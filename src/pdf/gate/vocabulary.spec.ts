import { rawPdf, type RawObject } from '../engine/raw-pdf';
import { verifyPdf } from './verify';
import { withoutVocabulary } from './vocabulary';

const SHOWN = { content: 'BT /F1 12 Tf 72 700 Td (Rolig tekst) Tj ET' };
const NAMES = ['Page', 'Parent', 'Contents', 'Helvetica', 'Catalog', 'Stream'].map((text) => ({ text, type: 'NAME' }));
const failed = async (pdf: Buffer, absent = NAMES) => {
  const report = await verifyPdf(pdf, { absent, reading: 'none' });
  return report.findings.map(({ check, term }) => [check, absent[term ?? 0]?.text]);
};

it("delivers a file to somebody whose name is a word of the file format's own", async () => {
  expect(await failed(rawPdf([SHOWN]))).toEqual([]);
});

describe('finds such a name where somebody chose it', () => {
  it.each<[string, RawObject, string]>([
    [
      'as the name of a font',
      { dict: '<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+Parent/Encoding/WinAnsiEncoding>>' },
      '',
    ],
    ['as the name of a layer', { dict: '<</Type/OCG/Name(Parent)>>' }, ''],
    [
      'as the name of a resource',
      { dict: '<</Type/XObject/Subtype/Form/BBox[0 0 9 9]>>', data: 'q Q' },
      '/XObject<</Parent 4 0 R>>',
    ],
    ['as the value of another key', { dict: '<</Type/Font/Subtype/Type1/BaseFont/Parent>>' }, ''],
  ])('%s', async (_, object, resources) => {
    const pdf = rawPdf([{ ...SHOWN, resources: resources || '/Font<</F1 3 0 R/F2 4 0 R>>' }], [object]);
    expect(await failed(pdf)).toContainEqual(['object-text', 'Parent']);
  });

  it('as a word in a comment between the objects', async () => {
    const pdf = rawPdf([SHOWN]).toString('latin1').replace('%%EOF', '% skrevet af Parent\n%%EOF');
    expect(await failed(Buffer.from(pdf, 'latin1'))).toContainEqual(['object-text', 'Parent']);
  });
});

it('takes words out of syntax in their own places only', () => {
  expect(withoutVocabulary('<</Type/Page/Parent 2 0 R>> endobj')).not.toMatch(/Type|Parent|endobj/);
  expect(withoutVocabulary('/BaseFont/Times-Roman')).not.toContain('Times');
  expect(withoutVocabulary('/Name/Times (Page) stream1')).toContain('Times');
  expect(withoutVocabulary('/Name/Times (Page) stream1')).toContain('Page');
});
