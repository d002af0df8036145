import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readArchive } from './read-archive';
import { DEFAULT_LIMITS } from './limits';
import { findLibreOffice } from './libre-office';
import type { ConversionNoteCode } from './conversion-note';
import type { UnreadableReason } from './conversion-result';
import { OfficePool } from './office-pool';
import { convert, converted, needsLibreOffice, removeWorkFolders, workFolder } from './spec-conversions';

/** Every file was made by another program; `test/data/formats/README.md` says by which. */
const FORMATS = resolve(__dirname, '../../../test/data/formats');

let pool: OfficePool | undefined;
let folder: string;

beforeAll(async () => {
  folder = await workFolder();
  const program = await findLibreOffice('auto');
  pool = program ? new OfficePool({ program, size: 1, folder: () => folder }) : undefined;
});

afterAll(async () => {
  await pool?.close();
  await removeWorkFolders();
});

const sample = async (name: string) => ({ name, bytes: await readFile(join(FORMATS, name)) });

interface Expected {
  pages: number;
  says: string[];
  notes?: ConversionNoteCode[];
  children?: string[];
}

async function expectSample(name: string, { pages, says, notes = [], children = [] }: Expected): Promise<void> {
  const { result, text, codes } = await converted(await sample(name), { office: pool, holder: 'samples' });
  expect(says.filter((piece) => !text.includes(piece))).toEqual([]);
  expect(result.pages).toBe(pages);
  expect(codes).toEqual(expect.arrayContaining(notes));
  expect(result.children.map((child) => child.name)).toEqual(children);
}

const LETTER: Expected = {
  // Two pages of the letter, one of what they do not show.
  pages: 3,
  says: [
    'Kære Åse Ærø. Vi har fået dit brev om pladsen på Østervang.',
    'Skjult: familien er på venteliste nr. 3.',
    '1.234,50 kr.',
    'Side to: Med venlig hilsen, Søren Ågård, Solby Kommune',
    'Spørg lederen først, før vi svarer.',
    'Naboen har ringet igen.',
  ],
  notes: ['hidden-text-shown', 'comments-added', 'tracked-changes'],
};
const TABLE: Expected = {
  pages: 3,
  says: [
    'Februar på Ærø',
    '1234,5',
    'intern kode Ø7',
    'Skjult række: forskud',
    'Borgeren har klaget før',
    'Husk at spørge Åge om lejen',
  ],
  notes: ['hidden-cells-shown', 'hidden-sheets-shown', 'comments-added'],
};
const SLIDES: Expected = {
  pages: 4,
  says: [
    'Netværksmøde på Ærø',
    'Skjult dias: økonomien i sagen',
    'Næste møde: 1. oktober på Østergården',
    'Er tallet på dias 1 rigtigt?',
    'Sig ikke noget om underretningen fra skolen.',
  ],
  notes: ['hidden-slides-shown', 'comments-added', 'speaker-notes-added'],
};

describe('an office file', () => {
  const samples: [string, Expected][] = [
    ...['brev.docx', 'brev.doc', 'brev.odt', 'brev.rtf'].map((name): [string, Expected] => [name, LETTER]),
    ...['tabel.xlsx', 'tabel.xls', 'tabel.ods'].map((name): [string, Expected] => [name, TABLE]),
    ...['dias.pptx', 'dias.ppt', 'dias.odp'].map((name): [string, Expected] => [name, SLIDES]),
  ];
  for (const [name, expected] of samples)
    it(
      ...needsLibreOffice(`as ${name} keeps every page and brings what is hidden to light`, () =>
        expectSample(name, expected),
      ),
    );
});

describe('a web page', () => {
  it(
    ...needsLibreOffice('keeps its text, hidden text too', () =>
      expectSample('brev.html', { ...LETTER, pages: 2, says: LETTER.says.slice(0, 4), notes: ['hidden-text-shown'] }),
    ),
  );

  it('saved as one file keeps its text and its picture', async () => {
    const { result, text } = await converted(await sample('side.mht'));
    expect(text).toContain('Åbningstider på Østergården: kl. 9 til 15.');
    expect(text).toContain('[Billede 1: Skilt]');
    // The text, and the picture after it.
    expect(result.pages).toBe(2);
    expect(result.children).toEqual([]);
  });
});

describe('a mail', () => {
  const says = ['Bo Ågård <bo@solby.example>', 'Åse Ærø <aase@borger.example>', 'torsdag den 5. marts 2026 kl. 10.14'];

  it('as EML shows its headers and gives attachments, inline pictures and inner mails as children', async () => {
    const children = ['våben.png', 'brev på dansk.odt', 'bilag-3.eml'];
    await expectSample('mail.eml', { pages: 1, says: [...says, 'Pladsen er klar til påske.'], children });
  });

  it('as MSG shows its headers and gives attachments and inner messages as children', async () => {
    const children = ['regnskab på dansk.csv', 'våben.png', 'Videresendt mødet på Ærø.msg'];
    await expectSample('mail.msg', { pages: 1, says: [...says, 'Pladsen er klar til påske.'], children });
  });

  it.each([
    ['mail.eml', 'bilag-3.eml'],
    ['mail.msg', 'Videresendt mødet på Ærø.msg'],
  ])('in %s is opened in its turn, with its own attachment', async (outer, inner) => {
    const { result } = await converted(await sample(outer));
    const bytes = await readFile(result.children.find(({ name }) => name === inner)!.path);
    const opened = await converted({ name: inner, bytes });
    expect(opened.text).toContain('Mødet er flyttet til Østergården.');
    const attachment = opened.result.children[0]!;
    expect(attachment.name).toBe('inderst-æøå.txt');
    expect(await readFile(attachment.path, 'utf8')).toMatch(/blåbærgrød/i);
  });
});

describe('plain text', () => {
  it.each(['notat-cp865.txt', 'notat-cp850.txt', 'notat-latin1.txt', 'notat-utf16.txt'])(
    'in the code page of %s keeps its Danish letters',
    (name) => expectSample(name, { pages: 1, says: ['Åse Ærø på Østergården. Blå rødgrød med fløde, ÆØÅ æøå.'] }),
  );

  it('that is a table is shown as one', () =>
    expectSample('tabel.csv', { pages: 1, says: ['Februar på Ærø', 'intern kode Ø7'], notes: ['table-from-text'] }));
});

describe('a picture', () => {
  it.each([
    ['billede.jpg', 1],
    ['billede.png', 1],
    ['billede.heic', 1],
    ['billede.avif', 1],
    ['billede.webp', 1],
    ['billede.bmp', 1],
    ['billede-24bit.bmp', 1],
    ['animation.gif', 3],
    ['animation.webp', 2],
  ])('as %s gives %i page(s) and asks for a human eye', async (name, pages) => {
    const { result, codes } = await converted(await sample(name));
    expect(result).toMatchObject({ method: 'image', pages });
    expect(codes).toContain('photo');
  });
});

it('a scan of three pages gives three pages, and is read as any scan', async () => {
  const { result, codes } = await converted(await sample('sider.tif'));
  expect(result).toMatchObject({ method: 'image', pages: 3 });
  expect(codes).toEqual([]);
});

describe('a PDF that holds files', () => {
  it.each(['med-bilag.pdf', 'portefoelje.pdf', 'med-bilag-laast-mod-aendring.pdf'])(
    'as %s gives them as children',
    async (name) => {
      const { result } = await converted(await sample(name));
      expect(result.pages).toBe(2);
      expect(result.children.map((child) => child.name).sort()).toEqual(['notat-latin1.txt', 'regnskab på dansk.csv']);
      for (const child of result.children) {
        const original = child.name === 'notat-latin1.txt' ? child.name : 'tabel.csv';
        expect(await readFile(child.path)).toEqual((await sample(original)).bytes);
      }
    },
  );
});

describe('a zip file', () => {
  it('is opened, names with Danish letters and the zip file in it too', async () => {
    const { result, text } = await converted(await sample('pakke.zip'));
    const names = result.children.map(({ name }) => name);
    expect(names).toEqual(['brev på dansk.odt', 'billede.png', 'inderst.zip']);
    expect(text).toContain('brev på dansk.odt');
    const inner = readArchive(await readFile(result.children[2]!.path), DEFAULT_LIMITS);
    expect([...inner.keys()]).toEqual(['notat-latin1.txt']);
  });

  it('that lies in too many others is not opened, and the caseworker is told what to do', async () => {
    const { name, bytes } = await sample('pakke.zip');
    const result = await convert({ name, bytes }, {}, DEFAULT_LIMITS.nesting);
    expect(result).toMatchObject({ state: 'unreadable', reason: 'too-nested' });
  });
});

describe('sound and film', () => {
  it.each(['opkald.wav', 'film.webm'])('as %s wait for a person', async (name) => {
    expect(await convert(await sample(name))).toMatchObject({ state: 'unreadable', reason: 'recording' });
  });
});

describe('a file that cannot be opened ends in a state to act on', () => {
  const locked = ['adgangskode.pdf', 'adgangskode.docx', 'adgangskode.odt', 'adgangskode.zip'];
  it.each(locked)('%s: locked with a password', async (name) => {
    expect(await convert(await sample(name))).toMatchObject({ state: 'unreadable', reason: 'password' });
  });

  it('a zip bomb is too large', async () => {
    const result = await convert(await sample('bombe.zip'), { limits: { inflatedBytes: 50_000_000 } });
    expect(result).toMatchObject({ state: 'unreadable', reason: 'too-large' });
  });

  it('a picture whose header claims 100,000 by 100,000 points is too large', async () => {
    const { bytes } = await sample('billede.png');
    bytes.writeUInt32BE(100_000, 16);
    bytes.writeUInt32BE(100_000, 20);
    const result = await convert({ name: 'stor.png', bytes });
    expect(result.state === 'unreadable' && result.reason).toMatch(/^(too-large|damaged)$/);
  });

  it('a bitmap whose header claims 100,000 by 100,000 points is too large', async () => {
    const { bytes } = await sample('billede-24bit.bmp');
    bytes.writeInt32LE(100_000, 18);
    bytes.writeInt32LE(100_000, 22);
    expect(await convert({ name: 'stor.bmp', bytes })).toMatchObject({ state: 'unreadable', reason: 'too-large' });
  });

  it('a file of no bytes is empty', async () => {
    expect(await convert({ name: 'tom.docx', bytes: Buffer.alloc(0) })).toMatchObject({ reason: 'empty' });
  });

  it('a web page with the name of a PDF is read as what it is, and the caseworker is told', async () => {
    const { bytes } = await sample('brev.html');
    const { text, codes } = await converted({ name: 'brev.pdf', bytes });
    expect(text).toContain('Kære Åse Ærø.');
    expect(codes).toContain('mislabelled');
  });
});

describe('a broken file', () => {
  const cut: [string, UnreadableReason][] = [
    ...['brev.docx', 'brev.odt', 'tabel.xlsx', 'tabel.ods', 'dias.pptx', 'dias.odp', 'pakke.zip', 'mail.msg'].map(
      (name): [string, UnreadableReason] => [name, 'damaged'],
    ),
    ...[
      'billede.jpg',
      'billede.png',
      'billede.heic',
      'billede.avif',
      'billede.webp',
      'billede.bmp',
      'sider.tif',
      'animation.gif',
    ].map((name): [string, UnreadableReason] => [name, 'damaged']),
  ];
  it.each(cut)('%s without its second half is %s', async (name, reason) => {
    const { bytes } = await sample(name);
    const result = await convert({ name, bytes: bytes.subarray(0, bytes.length / 2) });
    expect(result).toMatchObject({ state: 'unreadable', reason });
  });

  for (const name of ['brev.doc', 'tabel.xls', 'dias.ppt'])
    it(
      ...needsLibreOffice(`${name} without its second half is damaged`, async () => {
        const { bytes } = await sample(name);
        const half = { name, bytes: bytes.subarray(0, Math.floor(bytes.length / 2)) };
        const result = await convert(half, { office: pool, holder: 'broken' });
        expect(result).toMatchObject({ state: 'unreadable', reason: 'damaged' });
      }),
    );

  it.each(['med-bilag.pdf', 'portefoelje.pdf'])('%s without its beginning is damaged', async (name) => {
    const { bytes } = await sample(name);
    const broken = Buffer.concat([Buffer.from('%PDF-1.7\n'), bytes.subarray(-200)]);
    expect(await convert({ name, bytes: broken })).toMatchObject({ state: 'unreadable', reason: 'damaged' });
  });

  it('a mail without its end is shown as far as it goes, and the caseworker is told', async () => {
    const { bytes } = await sample('mail.eml');
    const { codes } = await converted({ name: 'mail.eml', bytes: bytes.subarray(0, bytes.length / 2) });
    expect(codes).toContain('mail-cut-off');
  });

  it('bytes that are no text are not shown as text', async () => {
    const bytes = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 251));
    expect(await convert({ name: 'notat.txt', bytes })).toMatchObject({ reason: 'unknown-format' });
  });
});
