import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyPdf } from '../gate';
import { openWithPdfJs } from '../gate/pdfjs-document';
import type { DecisionLetterData, DocumentListData, DocumentListRow, ReadingData } from './letter-data';
import { TypesetError, typeset } from './typeset';
import { missingCharacters, writable } from './writable-text';

const LETTERS = join(__dirname, '../../../templates/letters');
const template = (name: string): string => join(LETTERS, `${name}.typ`);
const CREATED = new Date('2026-11-22T10:00:00Z');

const LETTER: DecisionLetterData = {
  sender: {
    municipality: 'Solby Kommune',
    unit: 'Borgerservice',
    addressLines: ['Rådhuspladsen 1', '4999 Solby'],
    phone: '70 10 20 30',
    email: 'aktindsigt@solby.example',
  },
  addressee: { name: 'Karen Holm', lines: ['Birkevej 12, 2. tv.', '4999 Solby'] },
  caseNumber: '27.69.40-A53-114-26',
  date: '2026-11-22',
  request: {
    received: '2026-11-16',
    wording: 'Jeg vil gerne se alt, hvad I har om mig i sagen om bolig.',
    understoodAs:
      'Vi har forstået din anmodning sådan, at du vil se alle dokumenter i din sag om hjælp til bolig siden 2024.',
  },
  decision: {
    kind: 'DELVIS',
    text: 'Du får 38 dokumenter uden ændringer. I 3 dokumenter har vi fjernet oplysninger. Du kan ikke få 1 dokument.',
    counts: { full: 38, partial: 3, withheld: 1, outside: 0, duplicates: 2 },
  },
  bases: ['Du er part i sagen om hjælp til bolig. Din anmodning er derfor behandlet efter forvaltningslovens § 9.'],
  grounds: [
    {
      citation: 'forvaltningslovens § 15 b, nr. 5',
      provisionText:
        'En parts ret til aktindsigt kan begrænses, hvis partens interesse i oplysningerne må vige for afgørende hensyn til private eller offentlige interesser.',
      information: 'Oplysninger om en anden persons helbred.',
      consideration: 'Oplysningerne er meget følsomme, og de har ingen betydning for afgørelsen af din sag.',
      documents: 'Det gælder dokument 4, 7 og 9.',
      restOfDocument: 'Resten af dokumenterne får du, jf. forvaltningslovens § 15 c.',
      extraAccess:
        'Oplysningerne er omfattet af tavshedspligt efter forvaltningslovens § 27, og vi kan derfor ikke give dem efter reglen om meroffentlighed.',
    },
  ],
  markExample: '§ 15 b, nr. 5',
  sources: ['Vi søgte den 18. november 2026 i vores sagssystem (SBSYS) og fandt 44 dokumenter.'],
  deliveryNotes: [
    'Du får dokumenterne samlet i én PDF-fil. Vi har ikke taget tekniske kvitteringer fra Digital Post med. Skriv til os, hvis du vil have dem.',
  ],
  complaints: [
    {
      part: 'Den del, der er afgjort efter forvaltningsloven',
      text: 'Du kan klage over afgørelsen til Ankestyrelsen. Send klagen direkte til Ankestyrelsen. Der er ingen frist for at klage. Kommer klagen til os, sender vi den straks videre.',
    },
  ],
  rights: ['Er noget forkert, kan du bede os om at rette det eller om at lægge dine bemærkninger på sagen.'],
  enclosures: ['Aktliste', 'Dokumenter, samlet i én PDF'],
  caseworker: { name: 'Søren Kjær', title: 'Sagsbehandler' },
  approver: { name: 'Åse Østergård', title: 'Teamleder' },
};

const row = (index: number): DocumentListRow => ({
  number: String(index),
  date: '2025-03-07',
  direction: 'ind',
  title: `Ansøgning om indskudslån nr. ${index}`,
  kind: 'Brev',
  pages: 2,
  case: '27.69.40-G01-8-24',
  basis: 'Forvaltningsloven § 9',
  access: 'Ja',
  ground: '',
  packagePage: index * 2 - 1,
});

const LIST: DocumentListData = {
  sender: LETTER.sender,
  addressee: 'Karen Holm',
  caseNumber: LETTER.caseNumber,
  date: LETTER.date,
  rows: Array.from({ length: 60 }, (_, i) => row(i + 1)),
  counts: { full: 60, partial: 0, withheld: 0, outside: 0, duplicates: 0 },
  sources: LETTER.sources,
};

const READING: ReadingData = {
  title: 'Notat om bolig',
  note: 'Gengivet uden layout fra et tekstdokument.',
  blocks: [
    { kind: 'heading', level: 1, text: 'Baggrund' },
    { kind: 'paragraph', text: 'Første linje\nanden linje\n\nNyt afsnit' },
    {
      kind: 'table',
      header: true,
      rows: [
        ['Dato', 'Beløb', 'Note'],
        ['1.2.2026', '100 kr.'],
      ],
    },
    { kind: 'preformatted', text: 'kolonne   en\n  indrykket' },
  ],
};

async function read(pdf: Uint8Array): Promise<{ pages: string[]; title?: string; lang?: string; roles: Set<string> }> {
  const { document, close } = await openWithPdfJs(pdf);
  const pages: string[] = [];
  const roles = new Set<string>();
  for (let index = 1; index <= document.numPages; index += 1) {
    const page = await document.getPage(index);
    const { items } = await page.getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
    collectRoles(await page.getStructTree(), roles);
  }
  const { info } = (await document.getMetadata()) as unknown as { info: { Title?: string; Language?: string } };
  await close();
  return { pages, title: info.Title, lang: info.Language, roles };
}

function collectRoles(node: { role?: string; children?: unknown[] } | null, roles: Set<string>): void {
  if (node?.role) roles.add(node.role);
  for (const child of node?.children ?? []) collectRoles(child as { role?: string; children?: unknown[] }, roles);
}

const flat = (pages: string[]): string => pages.join(' ').replace(/\s+/g, ' ');

describe('typesetting', () => {
  it.each<[string, unknown, string[]]>([
    ['afgoerelse', LETTER, ['H1', 'H2', 'P', 'Table', 'TH', 'L', 'LI']],
    ['aktliste', LIST, ['H1', 'Table', 'TH', 'TD']],
    ['laesning', READING, ['H1', 'H2', 'P', 'Table', 'TH', 'Code']],
  ])('sets %s as tagged Danish PDF/UA-1 and PDF/A-2a that passes the leak gate', async (name, data, roles) => {
    for (const standard of ['ua-1', 'a-2a'] as const) {
      const { pdf } = await typeset(template(name), data, { standard, createdAt: CREATED });
      const result = await read(pdf);
      expect(result.lang).toMatch(/^da/);
      expect(result.title).not.toBe('');
      expect([...result.roles]).toEqual(expect.arrayContaining(roles));
      expect(Buffer.from(pdf).toString('latin1')).toMatch(standard === 'ua-1' ? /pdfuaid:part/ : /pdfaid:part/);
      expect((await verifyPdf(pdf, { absent: [{ text: '120388-1234' }] })).verdict).toBe('pass');
    }
  });

  it('gives the same bytes for the same data and date, and other bytes for another date', async () => {
    const set = async (createdAt: Date) =>
      (await typeset(template('afgoerelse'), LETTER, { standard: 'ua-1', createdAt })).pdf;
    const first = Buffer.from(await set(CREATED));
    expect(first.equals(Buffer.from(await set(CREATED)))).toBe(true);
    expect(first.equals(Buffer.from(await set(new Date('2026-11-23T10:00:00Z'))))).toBe(false);
  });

  it('writes everything a refusal must tell into the letter', async () => {
    const { pdf } = await typeset(template('afgoerelse'), LETTER, { standard: 'ua-1' });
    const text = flat((await read(pdf)).pages);
    const [ground] = LETTER.grounds;
    for (const part of [
      'Karen Holm',
      'den 16. november 2026',
      LETTER.request.wording,
      LETTER.request.understoodAs,
      LETTER.decision.text,
      ...LETTER.bases,
      ground?.provisionText,
      ground?.information,
      ground?.consideration,
      ground?.restOfDocument,
      ground?.extraAccess,
      ...LETTER.sources,
      LETTER.complaints[0]?.text,
      ...LETTER.rights,
      'Godkendt af Åse Østergård',
      'I alt 44',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('leaves reasons and complaint guidance out of a full grant', async () => {
    const full: DecisionLetterData = {
      ...LETTER,
      decision: { ...LETTER.decision, kind: 'FULD', text: 'Du får aktindsigt i alle dokumenter.' },
      bases: [],
      grounds: [],
      complaints: [],
    };
    const { pdf } = await typeset(template('afgoerelse'), full, { standard: 'ua-1' });
    const text = flat((await read(pdf)).pages);
    expect(text).toContain('Du får aktindsigt');
    expect(text).not.toMatch(/klage|Derfor kan du ikke|Reglerne/);
  });

  it('repeats the header of the list on every page and ends with its sums', async () => {
    const { pdf } = await typeset(template('aktliste'), LIST, { standard: 'ua-1' });
    const { pages } = await read(pdf);
    const tables = pages.filter((page) => page.includes('indskudslån'));
    expect(tables.length).toBeGreaterThan(1);
    expect(tables.every((page) => flat([page]).includes('Akt nr.'))).toBe(true);
    expect(flat(pages)).toContain('I alt på listen 60');
  });

  it('refuses a list whose sums do not add up to its rows', async () => {
    const wrong = { ...LIST, counts: { ...LIST.counts, withheld: 1 } };
    await expect(typeset(template('aktliste'), wrong, { standard: 'ua-1' })).rejects.toThrow(/do not add up/);
  });

  it('treats data as text, never as markup or code', async () => {
    const hostile = '#read("/etc/passwd") *fed* $x$ <mærke> @kilde \\ // /* `rå` = Titel';
    const blocks: ReadingData['blocks'] = [
      { kind: 'paragraph', text: hostile },
      { kind: 'preformatted', text: hostile },
      { kind: 'table', rows: [[hostile]] },
    ];
    const { pdf } = await typeset(template('laesning'), { ...READING, blocks }, { standard: 'ua-1' });
    const text = flat((await read(pdf)).pages);
    expect(text.split('#read("/etc/passwd")').length - 1).toBe(3);
    expect(text).not.toMatch(/root:/);
  });

  it('keeps every part of a very long word on the page', async () => {
    const word = Array.from({ length: 40 }, (_, i) => `del${i}`).join('x');
    const { pdf } = await typeset(
      template('laesning'),
      {
        ...READING,
        blocks: [
          { kind: 'paragraph', text: word },
          { kind: 'preformatted', text: word },
        ],
      },
      { standard: 'ua-1' },
    );
    const text = (await read(pdf)).pages.join('').replace(/[\s\u200b]/g, '');
    expect(text.split(word).length - 1).toBe(2);
  });

  it('shows the code of a character that no font has, and blanks for control characters', async () => {
    const blocks: ReadingData['blocks'] = [
      { kind: 'paragraph', text: 'før \u{1FAE8}\u{10FFFD} 你 \u0007 \ud800 efter' },
    ];
    const { pdf } = await typeset(template('laesning'), { ...READING, blocks }, { standard: 'ua-1' });
    const text = flat((await read(pdf)).pages);
    expect(text).toMatch(/før .*efter/);
    expect(text).toMatch(/你|\[U\+4F60\]/);
  });

  it('reads the missing characters out of a message of Typst', () => {
    const message =
      'error: the text `\\"你\\"` could not be displayed with font, the text `\\"\\\\u{7}\\"` could not be displayed';
    expect([...missingCharacters(message)]).toEqual(['你', '\u0007']);
    expect(writable({ a: ['x你'] }, new Set(['你']))).toEqual({ a: ['x[U+4F60]'] });
  });

  it('tells which template failed and why, without quoting data', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'typeset-'));
    writeFileSync(join(folder, 'broken.typ'), '#missing-function()');
    try {
      const failure = typeset(join(folder, 'broken.typ'), { secret: 'hemmeligt' }, { standard: 'ua-1' });
      await expect(failure).rejects.toThrow(TypesetError);
      await expect(failure).rejects.toThrow(/^The template broken\.typ cannot be set: unknown variable.*\.$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
