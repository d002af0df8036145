import type { XmlDocument } from 'libxml2-wasm' with { 'resolution-mode': 'import' };
import { validateAgainstSchema } from '../../../digital-post';

const NAMES = {
  f: 'urn:oio:fjernprint:1.0.0',
  d: 'urn:oio:dkal:1.0.0',
  a: 'urn:oio:adir:dagpenge:2009.07.01',
  s: 'urn:oio:sagdok:3.0.0',
};
const FILE = /(<d:(MeddelelseIndholdData|VedhaeftningIndholdData)>)([^<]*)(<\/d:\2>)/g;
const MOST_RAW_BYTES = 7 * 1024 * 1024;
const CATEGORIES = [
  'Prioritaire',
  'Economique',
  'Bulk',
  'Rekommanderet',
  'Rekommanderet med modtagerbevis',
  'Forkyndelse',
];

export interface LetterInspection {
  letterId: string;
  title: string;
  faults: string[];
}

/** What the print service sees in a ForsendelseI; with the official schema also every facet of the address. */
export async function inspectLetter(body: Buffer, xsdFolder: string | undefined): Promise<LetterInspection> {
  const files: string[] = [];
  const envelope = body.toString('utf8').replace(FILE, (_all, open: string, _name, base64: string, close: string) => {
    files.push(base64);
    return `${open}AA==${close}`;
  });
  const libxml = await import('libxml2-wasm');
  let document: XmlDocument;
  try {
    document = libxml.XmlDocument.fromString(envelope);
  } catch (error) {
    if (!(error instanceof libxml.XmlLibError)) throw error;
    return { letterId: '', title: '', faults: ['The letter is not well-formed XML.'] };
  }
  try {
    const text = (path: string) => String(document.eval(`string(${path})`, NAMES));
    const count = (path: string) => Number(document.eval(`count(${path})`, NAMES));
    const faults = [...letterFaults(text, count), ...fileFaults(files)];
    if (xsdFolder) {
      const found = await validateAgainstSchema(body, xsdFolder, 'ForsendelseI.xsd');
      faults.push(...found.map(({ message }) => message));
    }
    return {
      letterId: text('/f:ForsendelseI/f:AfsendelseIdentifikator'),
      title: text('/f:ForsendelseI/f:DokumentParametre/s:TitelTekst'),
      faults,
    };
  } finally {
    document.dispose();
  }
}

function letterFaults(text: (path: string) => string, count: (path: string) => number): string[] {
  const root = '/f:ForsendelseI';
  const cpr = text(`${root}/f:ForsendelseModtager/d:AfsendelseModtager/a:CPRnummerIdentifikator`);
  const category = text(`${root}/f:PostParametre/f:PostKategoriKode`);
  const checks: [isFault: boolean, sentence: string][] = [
    [count(root) !== 1, 'The letter is no ForsendelseI.'],
    [
      !/^.{1,38}$/.test(text(`${root}/f:AfsendelseIdentifikator`)),
      'AfsendelseIdentifikator must be 1 to 38 characters.',
    ],
    [
      !/^[1-9]\d*$/.test(text(`${root}/f:ForsendelseTypeIdentifikator`)),
      'ForsendelseTypeIdentifikator must be a number.',
    ],
    [count(`${root}/d:MeddelelseIndholdData`) !== 1, 'The letter has no content.'],
    [cpr !== '' && cpr !== '0000000000', 'The CPR number of the recipient must be 0000000000.'],
    [count(`${root}//d:FilformatNavn[. != 'PDF' and . != 'pdf']`) > 0, 'Only PDF is printed.'],
    [category !== '' && !CATEGORIES.includes(category), 'PostKategoriKode is not known.'],
    [count(`${root}//f:Bilag`) > 100, 'A letter has at most 100 attachments.'],
  ];
  return checks.filter(([isFault]) => isFault).map(([, sentence]) => sentence);
}

function fileFaults(files: string[]): string[] {
  const contents = files.map((base64) => ({ base64, bytes: Buffer.from(base64, 'base64') }));
  const size = contents.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const isBroken = contents.some(({ base64, bytes }) => bytes.toString('base64') !== base64);
  const isOther = contents.some(({ bytes }) => bytes.subarray(0, 5).toString('latin1') !== '%PDF-');
  return [
    ...(isBroken ? ['The content of a file is not base64.'] : []),
    ...(isOther ? ['A file is no PDF.'] : []),
    ...(size > MOST_RAW_BYTES ? [`The letter has ${size} bytes; ${MOST_RAW_BYTES} are taken.`] : []),
  ];
}
