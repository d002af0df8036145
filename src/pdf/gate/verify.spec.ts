import { deflateSync } from 'node:zlib';
import type { LeakReport } from '../../contracts';
import { verifyPdf, type VerifyOptions } from './verify';

const SECRET = '120388-1234';
const ABSENT = [{ text: SECRET, type: 'CPR' }];
const LINE = [70, 690, 300, 715] as const;

interface Plan {
  /** Content of the only page. */
  content?: string;
  /** More entries of the catalogue, of the page, of the trailer. */
  catalogue?: string;
  page?: string;
  trailer?: string;
  /** More objects, numbered from 6. */
  objects?: (string | Buffer)[];
  /** Raw bytes behind the end. */
  after?: string;
}

/** A PDF written by hand, so that a leak can be planted anywhere. */
function pdfOf(plan: Plan = {}): Buffer {
  const content = plan.content ?? shown('Roligt indhold');
  const objects: (string | Buffer)[] = [
    `<< /Type /Catalog /Pages 2 0 R ${plan.catalogue ?? ''} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> ${plan.page ?? ''} >>`,
    stream(Buffer.from(content, 'latin1')),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...(plan.objects ?? []),
  ];
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  const size = (): number => parts.reduce((sum, part) => sum + part.length, 0);
  objects.forEach((object, i) => {
    offsets.push(size());
    parts.push(Buffer.from(`${i + 1} 0 obj\n`), Buffer.from(object as string, 'latin1'), Buffer.from('\nendobj\n'));
  });
  const table = size();
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const end = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${plan.trailer ?? ''} >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(end + (plan.after ?? ''), 'latin1')]);
}

function stream(data: Buffer, entries = ''): Buffer {
  return Buffer.concat([
    Buffer.from(`<< /Length ${data.length} ${entries} >>\nstream\n`),
    data,
    Buffer.from('\nendstream'),
  ]);
}

const shown = (text: string, place = '72 700 Td'): string => `BT /F1 14 Tf ${place} (${text}) Tj ET\n`;
const bar = '0 0 0 rg 70 690 230 25 re f\n';

const verify = (plan: Plan, options: Partial<VerifyOptions> = {}): Promise<LeakReport> =>
  verifyPdf(pdfOf(plan), { absent: ABSENT, reading: 'none', ...options });

const failed = (report: LeakReport): string[] =>
  report.checks.filter((check) => check.verdict === 'fail').map((check) => check.name);

describe('leak gate', () => {
  it('passes a clean file, with every check named, versioned and done', async () => {
    const report = await verify({}, { boxes: {}, original: pdfOf(), rasterisedPages: [0], reading: 'scans' });
    expect(report).toMatchObject({ verdict: 'pass', pages: 1, findings: [] });
    expect(report.checks.map((check) => check.verdict)).not.toContain('skipped');
    expect(report.checks.every((check) => check.version !== '')).toBe(true);
  });

  it('finds a term in the text of a page, and says where', async () => {
    const report = await verify({ content: shown(`CPR ${SECRET}`) });
    expect(failed(report)).toEqual(['page-text']);
    expect(report.findings[0]).toMatchObject({ page: 0, term: 0 });
    expect(report.findings[0]?.box?.[0]).toBeGreaterThan(95);
  });

  it('finds a term that is shown letter by letter in an odd encoding', async () => {
    const differences = '<< /Type /Encoding /Differences [65 /one /two /zero /three /eight /four /hyphen] >>';
    const font = `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding ${differences} >>`;
    const letters = [...'ABCDEEGABDF'].map((letter) => `(${letter}) Tj`).join(' ');
    const page = '/Resources << /Font << /F1 6 0 R >> >>';
    const file = pdfOf({ content: `BT /F1 14 Tf 72 700 Td ${letters} ET`, objects: [font] }).toString('latin1');
    const swapped = file.replace('/Resources << /Font << /F1 5 0 R >> >> ', page.padEnd(43));
    const report = await verifyPdf(Buffer.from(swapped, 'latin1'), { absent: ABSENT });
    expect(failed(report)).toEqual(['page-text']);
  });

  it('lets a kept occurrence stand, and only that one', async () => {
    const kept = [{ page: 0, box: LINE }];
    expect((await verify({ content: shown(SECRET) }, { kept })).verdict).toBe('pass');
    const two = shown(SECRET) + shown(SECRET, '72 500 Td');
    expect(failed(await verify({ content: two }, { kept }))).toEqual(['page-text']);
  });

  it('accepts the text elsewhere when told to, but never in the metadata of the file', async () => {
    const content = shown(SECRET, '72 500 Td');
    const options = { boxes: { '0': [LINE] }, keepVisibleElsewhere: true };
    expect((await verify({ content }, options)).verdict).toBe('pass');
    const plan = { content, trailer: '/Info 6 0 R', objects: [`<< /Subject (${SECRET}) >>`] };
    expect(failed(await verify(plan, options))).toEqual(['metadata', 'object-text']);
  });

  it('fails text off the edge of the page even when visible text is accepted', async () => {
    const report = await verify({ content: shown(SECRET, '-500 700 Td') }, { keepVisibleElsewhere: true });
    expect(failed(report)).toContain('page-text');
  });

  it('fails any text under a redaction box, also without terms', async () => {
    const plan = { content: shown('hvad som helst') + bar };
    const report = await verify(plan, { absent: [], boxes: { '0': [LINE] } });
    expect(failed(report)).toEqual(['text-under-boxes', 'covered-text']);
  });

  it('allows our own label inside a box, but nothing beside it', async () => {
    const options = { boxes: { '0': [LINE] }, labels: ['\u00a7 15 b, nr. 5'] };
    const label = `${bar}1 1 1 rg ${shown('\u00a7 15 b, nr. 5')}`;
    expect((await verify({ content: label }, options)).verdict).toBe('pass');
    const beside = label + shown('Mette', '200 700 Td');
    expect(failed(await verify({ content: beside }, options))).toEqual(['text-under-boxes']);
  });

  it.each([
    ['a black rectangle over live text', shown('levende tekst') + bar],
    ['a rectangle of four lines', `${shown('levende tekst')}0 g 70 690 m 300 690 l 300 715 l 70 715 l h f`],
    ['a wide stroke over live text', `${shown('levende tekst')}0 G 24 w 70 704 m 300 704 l S`],
    ['invisible text on top of a bar', `${bar}BT 3 Tr /F1 14 Tf 72 700 Td (levende tekst) Tj ET`],
    ['black text on a black bar', `${bar}0 g ${shown('levende tekst')}`],
    [
      'a dark picture over live text',
      `${shown('levende tekst')}q 230 0 0 25 70 690 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q`,
    ],
  ])('finds %s without any terms', async (_, content) => {
    const report = await verifyPdf(pdfOf({ content }), { absent: [] });
    expect(failed(report)).toEqual(['covered-text']);
    expect(report.findings[0]).toMatchObject({ page: 0, check: 'covered-text' });
    expect(report.findings[0]?.box).toBeDefined();
  });

  it('does not mistake shading behind text, a highlight or white text on a bar for a cover', async () => {
    const highlight = '/Multiply gs 1 1 0 rg 70 690 230 25 re f';
    const content = `0.2 g 70 600 230 25 re f 1 g ${shown('hvid', '72 607 Td')} 0 g ${shown('fremhævet')} ${highlight}`;
    const file = pdfOf({ content, objects: [] }).toString('latin1');
    const withState = file.replace(
      '/Font << /F1 5 0 R >>',
      '/Font << /F1 5 0 R >> /ExtGState << /Multiply << /BM /Multiply >> >>',
    );
    const report = await verifyPdf(Buffer.from(withState, 'latin1'), { absent: [] });
    expect(failed(report)).toEqual([]);
  });

  it('tells of a white cover without failing', async () => {
    const report = await verifyPdf(pdfOf({ content: `${shown('tekst')}1 g 70 690 230 25 re f` }), { absent: [] });
    expect(report.verdict).toBe('pass');
    expect(report.findings).toMatchObject([{ check: 'covered-text', page: 0 }]);
  });

  it.each<[string, Plan, string[]]>([
    [
      'an annotation',
      {
        page: '/Annots [6 0 R]',
        objects: [`<< /Type /Annot /Subtype /Text /Rect [9 9 20 20] /Contents (${SECRET}) >>`],
      },
      ['annotations', 'object-text'],
    ],
    [
      'an unapplied redaction mark',
      { page: '/Annots [6 0 R]', objects: ['<< /Type /Annot /Subtype /Redact /Rect [9 9 200 20] >>'] },
      ['annotations', 'private-data'],
    ],
    [
      'a form value',
      {
        catalogue: '/AcroForm << /Fields [6 0 R] >>',
        page: '/Annots [6 0 R]',
        objects: ['<< /Type /Annot /Subtype /Widget /FT /Tx /T (felt) /V (udfyldt) /Rect [9 9 90 20] >>'],
      },
      ['form-values'],
    ],
    [
      'a bookmark',
      {
        catalogue: '/Outlines 6 0 R',
        objects: [
          '<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>',
          `<< /Title <FEFF${Buffer.from(SECRET, 'utf16le').swap16().toString('hex')}> /Parent 6 0 R /Dest [3 0 R /Fit] >>`,
        ],
      },
      ['navigation', 'object-text'],
    ],
    ['a page label', { catalogue: `/PageLabels << /Nums [0 << /P (${SECRET}) >>] >>` }, ['navigation', 'object-text']],
    [
      'an attachment',
      {
        catalogue: '/Names << /EmbeddedFiles << /Names [(fil) 6 0 R] >> >>',
        objects: [
          '<< /Type /Filespec /F (fil.bin) /EF << /F 7 0 R >> >>',
          stream(Buffer.from([1, 2, 3]), '/Type /EmbeddedFile'),
        ],
      },
      ['attachments'],
    ],
    ['JavaScript', { catalogue: '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>' }, ['scripts']],
    [
      'a hidden layer',
      {
        catalogue: '/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] /Order [6 0 R] >> >>',
        objects: ['<< /Type /OCG /Name (lag) >>'],
      },
      ['layers'],
    ],
    ['private data of a program', { page: '/PieceInfo << /Program << /Private 1 >> >>' }, ['private-data']],
    ['an object that nothing refers to', { objects: ['<< /Note (forladt) >>'] }, ['unreachable-objects']],
    ['bytes after the end', { after: 'glemt' }, ['structure']],
    ['a comment', { after: ``, objects: [`<< /A 1 >> % 120388 1234`], page: '/Extra 6 0 R' }, ['object-text']],
    [
      'ActualText inside a page',
      { content: `/Span << /ActualText (${SECRET}) >> BDC ${shown('x')} EMC` },
      ['object-text'],
    ],
    ['a deflated stream', { page: '/Extra 6 0 R', objects: [flate(`lang tekst med ${SECRET} i`)] }, ['object-text']],
    ['a hexadecimal stream', { page: '/Extra 6 0 R', objects: [hexadecimal(`tekst ${SECRET}`)] }, ['object-text']],
    ['a name', { page: '/Extra /Mette#20S#F8rensen' }, ['object-text']],
    [
      'a broken stream',
      { page: '/Extra 6 0 R', objects: [stream(Buffer.from('ikke flate'), '/Filter /FlateDecode')] },
      ['structure'],
    ],
    [
      'an unknown filter',
      { page: '/Extra 6 0 R', objects: [stream(Buffer.from('x'), '/Filter /Ukendt')] },
      ['structure'],
    ],
    [
      'alternate text in the structure tree',
      {
        catalogue: '/MarkInfo << /Marked true >> /StructTreeRoot 6 0 R',
        page: '/StructParents 0',
        content: `/P << /MCID 0 >> BDC ${shown('x')} EMC`,
        objects: [
          '<< /Type /StructTreeRoot /K 7 0 R /ParentTree << /Nums [0 [7 0 R]] >> >>',
          `<< /Type /StructElem /S /Figure /P 6 0 R /Pg 3 0 R /K 0 /Alt (${SECRET}) >>`,
        ],
      },
      ['structure-text', 'object-text'],
    ],
  ])('finds %s', async (_, plan, checks) => {
    const report = await verify(plan, { absent: [...ABSENT, { text: 'Mette Sørensen', type: 'NAME' }] });
    expect(failed(report)).toEqual(checks);
    expect(report.verdict).toBe('fail');
  });

  it('finds an earlier revision', async () => {
    const later = `4 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\nxref\n4 1\n0000000009 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF\n`;
    expect(failed(await verify({ after: later }))).toContain('structure');
  });

  it('stops a stream that grows beyond its bound', async () => {
    const bomb = deflateSync(Buffer.alloc(200 * 1024 * 1024));
    const report = await verify({ page: '/Extra 6 0 R', objects: [stream(bomb, '/Filter /FlateDecode')] });
    expect(failed(report)).toEqual(['structure']);
  });

  it('finds single words of a removed name in hidden places, not in sight', async () => {
    const absent = [{ text: 'Mette Sørensen', type: 'NAME' }];
    expect((await verify({ content: shown('Poul S\u00f8rensen') }, { absent })).verdict).toBe('pass');
    const plan = { trailer: '/Info 6 0 R', objects: ['<< /Author (Poul S\u00f8rensen) >>'] };
    expect(failed(await verify(plan, { absent }))).toEqual(['metadata']);
  });

  it('tells of metadata without failing when no terms are given', async () => {
    const report = await verify(
      { trailer: '/Info 6 0 R', objects: ['<< /Author (En medarbejder) >>'] },
      { absent: [] },
    );
    expect(report.verdict).toBe('pass');
    expect(report.findings).toMatchObject([{ check: 'metadata' }]);
  });

  it('compares with the original: pages must be as many, lost text is told', async () => {
    const original = pdfOf({ content: shown('en hel linje tekst') });
    const same = await verify({ content: shown('en hel linje tekst') }, { original });
    expect(same).toMatchObject({ verdict: 'pass', findings: [] });
    const less = await verify({ content: shown('en hel') }, { original });
    expect(less.findings).toMatchObject([
      { check: 'picture-outside', page: 0 },
      { check: 'original', page: 0 },
    ]);
    const more = pdfOf().toString('latin1').replace('/Kids [3 0 R] /Count 1', '/Kids [3 0 R 3 0 R] /Count 2');
    expect(failed(await verifyPdf(Buffer.from(more, 'latin1'), { absent: ABSENT, original }))).toContain('original');
  });

  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['something that is no PDF', Buffer.from('hej med dig')],
    ['half a file', pdfOf().subarray(0, 200)],
  ])('fails closed on %s', async (_, file) => {
    const report = await verifyPdf(file, { absent: ABSENT });
    expect(report.verdict).toBe('fail');
    expect(failed(report)).toContain('readable');
  });

  it('never repeats a term in its report', async () => {
    const report = await verify({
      content: shown(SECRET) + bar,
      trailer: '/Info 6 0 R',
      objects: [`<< /Title (${SECRET}) >>`],
    });
    expect(report.findings.length).toBeGreaterThan(2);
    expect(JSON.stringify(report)).not.toMatch(/120388|1234/);
  });
});

function flate(text: string): Buffer {
  return stream(deflateSync(Buffer.from(text, 'latin1')), '/Filter /FlateDecode');
}

function hexadecimal(text: string): Buffer {
  return stream(Buffer.from(`${Buffer.from(text, 'latin1').toString('hex')}>`), '/Filter [/ASCIIHexDecode]');
}
