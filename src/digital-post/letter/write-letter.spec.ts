import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { LetterAddress, PrintedLetter } from '../../contracts';
import { validateAgainstSchema } from '../memo/schema-check';
import { officialMemoFolder, samplePdf } from '../testing/sample-message';
import { sampleAddress, sampleLetter } from '../testing/sample-letter';
import { checkLetter, LETTER_LIMITS } from './check-letter';
import { writeLetter } from './write-letter';

async function written(letter: PrintedLetter): Promise<string> {
  const stream = new PassThrough();
  const [content] = await Promise.all([buffer(stream), writeLetter(letter, stream)]);
  return content.toString('utf8');
}

describe('writeLetter', () => {
  it('gives the same bytes for the same letter, the CPR number of nobody, and every file whole', async () => {
    const xml = await written(sampleLetter());

    expect(await written(sampleLetter())).toBe(xml);
    expect(xml).toContain('<a:CPRnummerIdentifikator>0000000000</a:CPRnummerIdentifikator>');
    expect(xml).toContain(`>${Buffer.from(samplePdf('brev.pdf', 700).content).toString('base64')}</d:Meddelelse`);
    expect(xml.match(/<f:Bilag>/g)).toHaveLength(2);
    expect(xml).toContain('<p:PersonName>Åse &amp; Sønner</p:PersonName>');
  });

  it('leaves the recipient out when the address stands in the window', async () => {
    expect(await written(sampleLetter({ recipient: undefined }))).not.toContain('ForsendelseModtager');
  });

  it('refuses a file that is no PDF, and breaks the stream', async () => {
    const stream = new PassThrough();
    const reading = buffer(stream);
    const letter = sampleLetter({ attachments: [{ name: 'a', content: Buffer.from('hej') }] });
    await expect(writeLetter(letter, stream)).rejects.toThrow(/no PDF/);
    await expect(reading).rejects.toThrow(/no PDF/);
  });

  it('refuses more than 7 MiB with a sentence that says what to do', async () => {
    const large = samplePdf('stor.pdf', LETTER_LIMITS.rawBytes);
    await expect(written(sampleLetter({ content: large.content }))).rejects.toThrow(/takes 7340032\. Print it here/);
  });

  const official = officialMemoFolder();
  if (official) {
    const xsd = join(official, 'xsd/fjernprint-sf1600-libxml2');
    const schema = (xml: string) => validateAgainstSchema(Buffer.from(xml), xsd, 'ForsendelseI.xsd');

    it('writes what the official schema of ForsendelseI accepts, with and without an address', async () => {
      expect(await schema(await written(sampleLetter()))).toEqual([]);
      expect(await schema(await written(sampleLetter({ recipient: undefined, attachments: [] })))).toEqual([]);
      const least = { floor: undefined, suite: undefined, subdivision: undefined, coName: undefined };
      expect(await schema(await written(sampleLetter({ recipient: sampleAddress(least) })))).toEqual([]);
    });

    it('refuses by own rules every part of an address that the schema refuses', async () => {
      const good = await written(sampleLetter());
      for (const [part, element, bad] of BAD_PARTS) {
        const xml = good.replace(new RegExp(`(<[^>]*${element}>)[^<]*<`), `$1${bad}<`);
        expect({ part, refused: xml !== good && (await schema(xml)).length > 0 }).toEqual({ part, refused: true });
      }
    });
  }
});

const BAD_PARTS: [part: keyof LetterAddress, element: string, bad: string][] = [
  ['name', 'PersonName', ''],
  ['name', 'PersonName', 'x'.repeat(131)],
  ['coName', 'CoNavn', 'x'.repeat(131)],
  ['street', 'StreetName', 'x'.repeat(41)],
  ['building', 'StreetBuildingIdentifier', '012'],
  ['building', 'StreetBuildingIdentifier', '12b'],
  ['building', 'StreetBuildingIdentifier', '1000'],
  ['floor', 'FloorIdentifier', 'stuen'],
  ['floor', 'FloorIdentifier', '100'],
  ['suite', 'SuiteIdentifier', 'dør 3'],
  ['subdivision', 'DistrictSubdivisionIdentifier', 'x'.repeat(35)],
  ['postCode', 'PostCodeIdentifier', '800'],
];

describe('checkLetter', () => {
  it('finds nothing in a good letter', () => {
    expect(checkLetter(sampleLetter())).toEqual([]);
  });

  it.each(BAD_PARTS)('refuses the %s (%s) "%s" in a whole sentence that does not repeat it', (part, _element, bad) => {
    const faults = checkLetter(sampleLetter({ recipient: sampleAddress({ [part]: bad }) }));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^The .* of the address must be .*\.$/);
    if (bad.length > 3) expect(faults[0]).not.toContain(bad);
  });

  it.each<[string, Partial<PrintedLetter>]>([
    ['no UUID', { letterId: '17' }],
    ['no type of shipment', { shipmentType: 0 }],
    ['no title', { title: ' ' }],
    ['101 attachments', { attachments: Array.from({ length: 101 }, () => ({ name: 'a', content: Buffer.alloc(1) })) }],
    ['an attachment without a name', { attachments: [{ name: '', content: Buffer.alloc(1) }] }],
    ['an address without a street', { recipient: sampleAddress({ street: undefined as never }) }],
  ])('refuses a letter with %s', (_what, changes) => {
    expect(checkLetter(sampleLetter(changes))).toHaveLength(1);
  });
});
