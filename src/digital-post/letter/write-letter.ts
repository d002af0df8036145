import type { Writable } from 'node:stream';
import type { LetterAddress, PrintedLetter } from '../../contracts';
import { readExactly, type Bytes } from '../byte-source';
import { xmlText } from '../memo/xml-text';
import { XML_DECLARATION, XmlSink, type WrittenXml } from '../xml-sink';
import { checkLetter, LETTER_LIMITS } from './check-letter';

/** Thrown for a letter that the print service would refuse; the text says why, without any part of the address. */
export class LetterWriteError extends Error {
  override readonly name = 'LetterWriteError';
}

export interface WriteLetterOptions {
  /** Bytes of all files before base64; default 7 MiB. */
  rawBytes?: number;
}

/** The field description of ForsendelseI asks for this instead of the recipient's number on letters. */
const NO_CPR = '0000000000';

const NAMESPACES = [
  ['f', 'urn:oio:fjernprint:1.0.0'],
  ['d', 'urn:oio:dkal:1.0.0'],
  ['a', 'urn:oio:adir:dagpenge:2009.07.01'],
  ['p', 'http://rep.oio.dk/itst.dk/xml/schemas/2006/01/17/'],
  ['k3', 'http://rep.oio.dk/ebxml/xml/schemas/dkcc/2003/02/13/'],
  ['k5', 'http://rep.oio.dk/ebxml/xml/schemas/dkcc/2005/03/15/'],
  ['s', 'urn:oio:sagdok:3.0.0'],
];

/**
 * Writes the letter as ForsendelseI: UTF-8, the element order of ForsendelseI.xsd, files read and written as base64 a
 * piece at a time. The same letter gives the same bytes. Ends `out` when all is written, and destroys it when that fails.
 * Throws {@link LetterWriteError} when the print service would refuse it: see `checkLetter`, and a file that is no PDF.
 */
export async function writeLetter(
  letter: PrintedLetter,
  out: Writable,
  options: WriteLetterOptions = {},
): Promise<WrittenXml> {
  const sink = new XmlSink(out);
  try {
    const faults = checkLetter(letter, options.rawBytes ?? LETTER_LIMITS.rawBytes);
    if (faults.length > 0) throw new LetterWriteError(faults.join(' '));
    for (const { content } of [letter, ...letter.attachments]) await requirePdf(content);
    await sink.write(letterStart(letter));
    await sink.writeBase64(letter.content);
    await sink.write(`</d:MeddelelseIndholdData>\n${afterContent(letter)}`);
    await writeAttachments(sink, letter.attachments);
    await sink.write('</f:ForsendelseI>\n');
  } catch (error) {
    out.destroy(error instanceof Error ? error : undefined);
    throw error;
  }
  out.end();
  return sink.result();
}

function letterStart({ letterId, shipmentType, recipient }: PrintedLetter): string {
  const declared = NAMESPACES.map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join('');
  return [
    `${XML_DECLARATION}<f:ForsendelseI${declared}>`,
    element('f:AfsendelseIdentifikator', letterId),
    element('f:ForsendelseTypeIdentifikator', String(shipmentType)),
    ...(recipient ? recipientLines(recipient) : []),
    element('d:FilformatNavn', 'PDF'),
    '<d:MeddelelseIndholdData>',
  ].join('\n');
}

function recipientLines(address: LetterAddress): string[] {
  const parts: [name: string, value: string | undefined][] = [
    ['p:PersonName', address.name],
    ['f:CoNavn', address.coName],
    ['k5:StreetName', address.street],
    ['k3:StreetBuildingIdentifier', address.building],
    ['k3:FloorIdentifier', address.floor],
    ['k3:SuiteIdentifier', address.suite],
    ['k5:PostCodeIdentifier', address.postCode],
    ['k5:DistrictSubdivisionIdentifier', address.subdivision],
  ];
  return [
    '<f:ForsendelseModtager>',
    `<d:AfsendelseModtager>${element('a:CPRnummerIdentifikator', NO_CPR)}</d:AfsendelseModtager>`,
    '<f:ModtagerAdresse>',
    ...parts.flatMap(([name, value]) => (value === undefined ? [] : [element(name, value)])),
    '<k3:CountryIdentificationCode scheme="iso3166-alpha2">DK</k3:CountryIdentificationCode>',
    '</f:ModtagerAdresse>',
    '</f:ForsendelseModtager>',
  ];
}

function afterContent({ createdAt, title, category }: PrintedLetter): string {
  return [
    `<f:TransaktionsParametreI>${element('f:TransaktionsDatoTid', createdAt)}</f:TransaktionsParametreI>`,
    `<f:DokumentParametre>${element('s:TitelTekst', title)}</f:DokumentParametre>`,
    `<f:PostParametre>${element('f:PostKategoriKode', category ?? 'Economique')}</f:PostParametre>`,
    '',
  ].join('\n');
}

async function writeAttachments(sink: XmlSink, attachments: PrintedLetter['attachments']): Promise<void> {
  if (attachments.length === 0) return;
  await sink.write('<f:BilagSamling>\n');
  for (const [index, { name, content }] of attachments.entries()) {
    const lines = [
      '<f:Bilag>',
      element('f:BilagNavn', name),
      element('d:FilformatNavn', 'PDF'),
      element('f:BilagSorteringsIndeksIdentifikator', String(index + 1)),
      '<d:VedhaeftningIndholdData>',
    ];
    await sink.write(lines.join('\n'));
    await sink.writeBase64(content);
    await sink.write('</d:VedhaeftningIndholdData>\n</f:Bilag>\n');
  }
  await sink.write('</f:BilagSamling>\n');
}

async function requirePdf(content: Bytes): Promise<void> {
  for await (const part of readExactly(content)) {
    if (part.subarray(0, 5).toString('latin1') === '%PDF-') return;
    break;
  }
  throw new LetterWriteError('A file of the letter is no PDF, and the print service takes nothing else.');
}

function element(name: string, text: string): string {
  return `<${name}>${xmlText(text, name.slice(name.indexOf(':') + 1))}</${name}>`;
}
