import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import sharp from 'sharp';
import { convert, converted, removeWorkFolders, SAMPLES, workFolder } from './spec-conversions';
import { readArchive } from './read-archive';
import { DEFAULT_LIMITS } from './limits';
import { writeArchive } from './write-archive';

afterAll(removeWorkFolders);

const sample = (name: string) => readFile(join(SAMPLES, name));

async function changedPackage(name: string, change: (parts: Map<string, Buffer>) => void): Promise<Buffer> {
  const parts = readArchive(await sample(name), DEFAULT_LIMITS);
  change(parts);
  return writeArchive(parts);
}

describe('a PDF', () => {
  it('stays as it is, byte for byte', async () => {
    const { result } = await converted('to-sider.pdf');
    expect(result).toMatchObject({ method: 'as-is', pages: 2, notes: [] });
    expect(await readFile(result.pdfPath)).toEqual(await sample('to-sider.pdf'));
  });

  it('that is locked against changes alone is read, and the caseworker is told', async () => {
    const { result, codes } = await converted('laast-mod-aendring.pdf');
    expect(result.pages).toBe(2);
    expect(codes).toEqual(['owner-locked']);
  });

  it('that needs a password is unreadable for that reason', async () => {
    expect(await convert('med-adgangskode.pdf')).toMatchObject({ state: 'unreadable', reason: 'password' });
  });

  it('whose pages are gone is damaged', async () => {
    const bytes = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pa');
    expect(await convert({ name: 'brev.pdf', bytes })).toMatchObject({ state: 'unreadable', reason: 'damaged' });
  });
});

describe('plain text', () => {
  it.each(['notat-utf8.txt', 'notat-utf16.txt', 'notat-cp1252.txt', 'notat-cp850.txt'])(
    'in the encoding of %s keeps its Danish letters and says that the layout is not the original',
    async (name) => {
      const { result, text, codes } = await converted(name);
      expect(result).toMatchObject({ method: 'reading', pages: 1 });
      expect(text).toContain('Gengivet uden layout');
      expect(text).toContain('Åse ringer på Østergårdsvej 4. Hun er utryg ved naboen.');
      expect(text).toContain('æøå ÆØÅ');
      expect(codes).toContain('layout-lost');
    },
  );

  it('keeps every line of 700, on as many pages as it takes', async () => {
    const lines = Array.from({ length: 700 }, (_, index) => `Linje ${index + 1} af journalen`);
    const { result, text } = await converted({ name: 'lang.txt', bytes: Buffer.from(lines.join('\r\n')) });
    expect(result.pages).toBeGreaterThan(8);
    expect(lines.filter((line) => !text.includes(line))).toEqual([]);
  });

  it('keeps letters that its own fonts do not have, by another font or by their code', async () => {
    const { text } = await converted({ name: 'navn.txt', bytes: Buffer.from('Mit navn er 王芳 og jeg bor i Solby') });
    expect(text).toMatch(/王芳|U\+738B/);
    expect(text).toContain('jeg bor i Solby');
  });
});

describe('HTML', () => {
  it('is read with its headings, tables and hidden text, and nothing of it is fetched or run', async () => {
    const { result, text, codes } = await converted('afgoerelse.html');
    expect(result).toMatchObject({ method: 'reading', pages: 1 });
    expect(text).toContain('Kære Bjørn Østergaard, du får 1.234 kr. om måneden.');
    expect(text).toContain('Januar');
    expect(text).toContain('Intern bemærkning: prøv igen til påske.');
    expect(text).not.toContain('document.title');
    expect(codes).toEqual(['remote-left-out', 'hidden-text-shown', 'scripts-left-out', 'layout-lost']);
  });

  it('with broken markup still gives all of its text', async () => {
    const bytes = Buffer.from('<html><body><p>Første<table><tr><td>a<td>b<p>Anden < tredje</b></p><div>Sidste');
    const { text } = await converted({ name: 'x.html', bytes });
    for (const word of ['Første', 'a', 'b', 'Anden < tredje', 'Sidste']) expect(text).toContain(word);
  });

  it('with nothing to see is empty', async () => {
    const bytes = Buffer.from('<html><head><title>x</title></head><body><div></div></body></html>');
    expect(await convert({ name: 'x.html', bytes })).toMatchObject({ state: 'unreadable', reason: 'empty' });
  });
});

describe('DOCX without LibreOffice', () => {
  it('is read with page headers, hidden text, comments and deleted text', async () => {
    const { result, text, codes } = await converted('notat.docx');
    expect(result.method).toBe('reading');
    for (const piece of [
      'Børnene trives på skolen i Nørreådal.',
      'stabilt fremmøde siden april',
      'Skjult bemærkning om naboen.',
      'Møde med læge Østergård',
      'Side to: opfølgning den 1. juni.',
      'Solby Kommune, Familieafdelingen',
      'Ib Holm, 2025-03-05: Skal vi spørge plejefamilien igen?',
      'bekymrende fravær',
    ]) {
      expect(text).toContain(piece);
    }
    expect(codes).toEqual(['hidden-text-shown', 'comments-added', 'tracked-changes', 'layout-lost']);
  });

  it('gives its pictures as pages at the end and its embedded files as children', async () => {
    const { result: first } = await converted('notat.docx');
    const png = await sample('skaermbillede.png');
    const bytes = await changedPackage('notat.docx', (parts) => {
      parts.set('word/media/b.png', png);
      parts.set('word/embeddings/indlejret.xlsx', Buffer.from('indhold'));
      const rels = parts.get('word/_rels/document.xml.rels')!.toString();
      const image =
        '<Relationship Id="rIdB" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/b.png"/>';
      parts.set(
        'word/_rels/document.xml.rels',
        Buffer.from(rels.replace('</Relationships>', `${image}</Relationships>`)),
      );
      const drawing =
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="p"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="rIdB"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>';
      const document = parts.get('word/document.xml')!.toString();
      parts.set('word/document.xml', Buffer.from(document.replace('<w:body>', `<w:body>${drawing}`)));
    });
    const { result, text, codes } = await converted({ name: 'notat.docx', bytes });
    expect(result.pages).toBe(first.pages + 1);
    expect(text).toContain('[Billede 1]');
    expect(codes).toEqual(expect.arrayContaining(['pictures-at-end', 'embedded-files']));
    expect(result.children.map(({ name }) => name)).toEqual(['indlejret.xlsx']);
    expect((await readFile(result.children[0]!.path)).toString()).toBe('indhold');
  });

  it('that lost its end is damaged', async () => {
    const bytes = (await sample('notat.docx')).subarray(0, 4000);
    expect(await convert({ name: 'notat.docx', bytes })).toMatchObject({ state: 'unreadable', reason: 'damaged' });
  });

  it('whose text breaks off inside is damaged, not half shown', async () => {
    const bytes = await changedPackage('notat.docx', (parts) => {
      const document = parts.get('word/document.xml')!;
      parts.set('word/document.xml', document.subarray(0, document.length / 2));
    });
    expect(await convert({ name: 'notat.docx', bytes })).toMatchObject({ state: 'unreadable', reason: 'damaged' });
  });
});

describe('XLSX without LibreOffice', () => {
  it('is read with every sheet, row, column and comment, the hidden ones marked', async () => {
    const { result, text, codes } = await converted('udbetalinger.xlsx');
    expect(result.method).toBe('reading');
    for (const piece of [
      '12-03-2025',
      '010170-1234',
      '1234,5',
      '1333,5',
      'Skjult rækkes ydelse',
      'F (skjult)',
      'Østerbro',
      'Interne noter (skjult i regnearket)',
      'Borger har klaget før',
      'Kun for ledelsen',
      'felt B2: Husk at spørge Åge om lejen',
    ]) {
      expect(text).toContain(piece);
    }
    expect(codes).toEqual(['hidden-cells-shown', 'hidden-sheets-shown', 'comments-added', 'layout-lost']);
  });

  it('whose sheet breaks off inside is damaged', async () => {
    const bytes = await changedPackage('udbetalinger.xlsx', (parts) => {
      const sheet = parts.get('xl/worksheets/sheet1.xml')!;
      parts.set('xl/worksheets/sheet1.xml', sheet.subarray(0, sheet.length - 200));
    });
    expect(await convert({ name: 'u.xlsx', bytes })).toMatchObject({ state: 'unreadable', reason: 'damaged' });
  });
});

describe('a mail', () => {
  it('shows its headers and text, and gives attachments, nested mails and inline pictures as children', async () => {
    const { result, text, codes } = await converted('svar-med-bilag.eml');
    for (const piece of [
      'Søren Ågård <soren@solby.example>',
      'Åse Sørensen <aase@example.dk>; jurist@solby.example',
      'leder@solby.example',
      'onsdag den 12. marts 2025 kl. 13.30',
      'Svar på din henvendelse – børnehaveplads',
      'Vi har modtaget dit brev den 10. marts.',
      '[Billede: Solby Kommunes logo]',
      '[Billede på nettet, ikke hentet]',
    ]) {
      expect(text).toContain(piece);
    }
    expect(codes).toEqual(['remote-left-out', 'layout-lost']);
    const children = result.children.map(({ name, mediaType }) => [name, mediaType]);
    expect(children).toEqual([
      ['logo.png', 'image/png'],
      ['bilag på æøå.pdf', 'application/pdf'],
      ['videresendt.eml', 'message/rfc822'],
    ]);
    expect(await readFile(result.children[1]!.path)).toEqual(await sample('to-sider.pdf'));
  });

  it('inside a mail is converted like any other', async () => {
    const { result } = await converted('svar-med-bilag.eml');
    const bytes = await readFile(result.children[2]!.path);
    const { text } = await converted({ name: result.children[2]!.name, bytes });
    expect(text).toContain('Eleven har haft 12 fraværsdage i januar.');
    expect(text).toContain('Lærke Ø. Ås <laerke@skole.example>');
  });

  it('that was cut off shows what is there and says that the end is missing', async () => {
    const { codes, text } = await converted('svar-afkortet.eml');
    expect(codes).toContain('mail-cut-off');
    expect(text).toContain('Vi har modtaget dit brev');
  });

  it('whose text part says something else than its HTML shows both', async () => {
    const bytes = Buffer.from(
      [
        'From: a@x.dk',
        'Subject: To udgaver',
        'Content-Type: multipart/alternative; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain; charset=utf-8',
        '',
        'Barnet bør anbringes uden for hjemmet snarest muligt',
        '--b',
        'Content-Type: text/html; charset=utf-8',
        '',
        '<p>Se venligst vedhæftede</p>',
        '--b--',
      ].join('\r\n'),
    );
    const { text, codes } = await converted({ name: 'm.eml', bytes });
    expect(text).toContain('Se venligst vedhæftede');
    expect(text).toContain('Barnet bør anbringes');
    expect(codes).toContain('other-text-version');
  });
});

describe('pictures', () => {
  it('a TIFF of three frames gives three pages of its paper size', async () => {
    const { result } = await converted('tre-sider.tif');
    expect(result).toMatchObject({ method: 'image', pages: 3 });
    const pdf = await PDFDocument.load(await readFile(result.pdfPath));
    expect(pdf.getPages().map((page) => Math.round(page.getWidth()))).toEqual([595, 595, 595]);
    expect(pdf.getPages().map((page) => Math.round(page.getHeight()))).toEqual([842, 842, 842]);
  });

  it('a JPEG that the camera marked as turned stands upright, without the marks of the camera', async () => {
    const { result } = await converted('foto-paa-siden.jpg');
    const pdf = await PDFDocument.load(await readFile(result.pdfPath));
    const { width, height } = pdf.getPage(0).getSize();
    expect(height).toBeGreaterThan(width);
    expect((await readFile(result.pdfPath)).includes('Exif')).toBe(false);
  });

  it('a PNG gives one page', async () => {
    const { result, codes } = await converted('skaermbillede.png');
    expect(result).toMatchObject({ method: 'image', pages: 1 });
    expect(codes).toEqual(['photo']);
  });

  it.each(['tre-sider.tif', 'foto-paa-siden.jpg', 'skaermbillede.png'])(
    '%s without its second half is damaged',
    async (name) => {
      const bytes = await sample(name);
      const half = { name, bytes: bytes.subarray(0, bytes.length / 2) };
      expect(await convert(half)).toMatchObject({ state: 'unreadable', reason: 'damaged' });
    },
  );

  it('with more points than the bound are refused before they are unpacked', async () => {
    const bytes = await sharp({ create: { width: 3000, height: 3000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const result = await convert({ name: 'stor.png', bytes }, { limits: { pixels: 1_000_000 } });
    expect(result).toMatchObject({ state: 'unreadable', reason: 'too-large' });
  });
});

describe('what cannot be converted', () => {
  it('a file of 0 bytes is empty', async () => {
    expect(await convert({ name: 'x.docx', bytes: Buffer.alloc(0) })).toMatchObject({ reason: 'empty' });
  });

  it('text of white space alone is empty', async () => {
    expect(await convert({ name: 'x.txt', bytes: Buffer.from(' \n\t\n') })).toMatchObject({ reason: 'empty' });
  });

  it('an unknown format says what to do', async () => {
    const result = await convert({ name: 'optagelse.bin', bytes: Buffer.from([0, 1, 2, 3, 0, 255, 254, 7, 0, 0, 9]) });
    expect(result).toMatchObject({ state: 'unreadable', reason: 'unknown-format' });
    expect((result as { message: string }).message).toContain('gem den som PDF');
  });

  it.each(['notat.doc', 'notat.odt', 'notat.rtf'])(
    '%s without LibreOffice says that LibreOffice is needed',
    async (name) => {
      const result = await convert(name);
      expect(result).toMatchObject({ state: 'unreadable', reason: 'unknown-format' });
      expect((result as { message: string }).message).toContain('LibreOffice');
    },
  );

  it('a zip bomb is stopped by what comes out of it', async () => {
    const bytes = writeArchive(new Map([['word/document.xml', Buffer.alloc(5_000_000)]]));
    const result = await convert({ name: 'x.docx', bytes }, { limits: { inflatedBytes: 1_000_000 } });
    expect(result).toMatchObject({ state: 'unreadable', reason: 'too-large' });
  });

  it('a document of more pages than the bound is refused', async () => {
    expect(await convert('to-sider.pdf', { limits: { pages: 1 } })).toMatchObject({ reason: 'too-large' });
  });

  it('leaves nothing behind in the work folder', async () => {
    const folder = await workFolder();
    await convert('med-adgangskode.pdf', { workFolder: folder });
    expect(await readdir(folder)).toEqual([]);
  });
});

it('reads a mislabelled file by its content and says so', async () => {
  const { result, codes } = await converted({ name: 'brev.docx', bytes: await sample('to-sider.pdf') });
  expect(result).toMatchObject({ method: 'as-is', pages: 2 });
  expect(codes).toEqual(['mislabelled']);
});

it('opens a zip: lists its files and gives each as a child', async () => {
  const bytes = writeArchive(new Map([['mappe/../brev.txt', Buffer.from('Hej')]]));
  const { result, text } = await converted({ name: 'samling.zip', bytes });
  expect(text).toContain('brev.txt');
  expect(result.children.map(({ name }) => name)).toEqual(['brev.txt']);
});
