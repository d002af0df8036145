import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFName, PDFString, StandardFonts, degrees } from 'pdf-lib';
import { verifyPdf } from '../gate';
import { openWithPdfJs } from '../gate/pdfjs-document';
import { assemblePackage, type PackagePlan } from './assemble';
import { AssemblyError } from './assembly-error';
import { fallbackFont } from './stamp-font';

const CREATED = new Date('2026-11-22T10:00:00Z');

async function source(texts: string[], change?: (pdf: PDFDocument) => void): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.setAuthor('Kildens forfatter');
  for (const text of texts) pdf.addPage([595, 842]).drawText(text, { x: 60, y: 700 });
  change?.(pdf);
  return pdf.save();
}

describe('assembly of a package', () => {
  let folder: string;
  let plan: PackagePlan;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'assembly-'));
    plan = {
      title: 'Aktindsigt i dine sager',
      municipality: 'Solby Kommune',
      createdAt: CREATED,
      documents: [
        { caseTitle: 'Hjælp til bolig', number: 1, title: 'Ansøgning', files: [await source(['A', 'B'])] },
        {
          caseTitle: 'Hjælp til bolig',
          number: 2,
          title: 'Afgørelse',
          files: [await source(['C']), await source(['D'])],
        },
        { caseTitle: 'Sygedagpenge', number: 3, title: 'Ærlig Ångstrøm – Żółć', files: [await source(['E'])] },
      ],
    };
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const out = (name: string): string => join(folder, name);

  async function shownPages(path: string): Promise<string[]> {
    const { document, close } = await openWithPdfJs(readFileSync(path));
    const texts: string[] = [];
    for (let page = 1; page <= document.numPages; page += 1) {
      const { items } = await (await document.getPage(page)).getTextContent();
      texts.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
    }
    await close();
    return texts;
  }

  async function fontNames(path: string): Promise<string> {
    const pdf = await PDFDocument.load(readFileSync(path));
    return pdf.context
      .enumerateIndirectObjects()
      .map(([, object]) => object.toString())
      .join('\n');
  }

  it('tells where each document begins and stamps every page with both numbers', async () => {
    const assembled = await assemblePackage(plan, out('a.pdf'));
    expect(assembled).toEqual({
      pages: 5,
      documents: [
        { number: 1, firstPage: 1, pages: 2 },
        { number: 2, firstPage: 3, pages: 2 },
        { number: 3, firstPage: 5, pages: 1 },
      ],
    });
    const pages = await shownPages(out('a.pdf'));
    expect(pages[3]).toMatch(/^D\b/);
    expect(pages[3]).toContain('Dokument 2, side 2 af 2');
    expect(pages[3]).toContain('Side 4 af 5');
    expect(await fontNames(out('a.pdf'))).toContain('IBMPlexSans');
  });

  it('has bookmarks by case and document, page labels, title and language', async () => {
    await assemblePackage(plan, out('b.pdf'));
    const { document, close } = await openWithPdfJs(readFileSync(out('b.pdf')));
    const outline = await document.getOutline();
    expect(outline.map((item) => item.title)).toEqual(['Hjælp til bolig', 'Sygedagpenge']);
    expect(outline[0]?.items.map((item: { title: string }) => item.title)).toEqual(['1. Ansøgning', '2. Afgørelse']);
    expect(outline[1]?.items[0]?.title).toBe('3. Ærlig Ångstrøm – Żółć');
    expect(await document.getPageLabels()).toEqual(['1-1', '1-2', '2-1', '2-2', '3-1']);
    expect(await document.getViewerPreferences()).toMatchObject({ DisplayDocTitle: true });
    const { info } = (await document.getMetadata()) as unknown as { info: Record<string, unknown> };
    expect(info).toMatchObject({ Title: plan.title, Author: 'Solby Kommune', Language: 'da-DK' });
    await close();
  });

  it('gives the same bytes for the same plan', async () => {
    await assemblePackage(plan, out('c1.pdf'));
    await assemblePackage(plan, out('c2.pdf'));
    expect(readFileSync(out('c1.pdf')).equals(readFileSync(out('c2.pdf')))).toBe(true);
  });

  it('passes the leak gate and leaves the metadata, comments and private data of the sources behind', async () => {
    const noisy = await source(['F'], (pdf) => {
      const comment = pdf.context.obj({
        Type: 'Annot',
        Subtype: 'Text',
        Rect: [0, 0, 9, 9],
        Contents: PDFString.of('notat'),
      });
      pdf.getPage(0).node.set(PDFName.of('Annots'), pdf.context.obj([pdf.context.register(comment)]));
      pdf.getPage(0).node.set(PDFName.of('PieceInfo'), pdf.context.obj({}));
    });
    const document = { caseTitle: 'Sag', number: 4, title: 'Støj', files: [noisy] };
    await assemblePackage({ ...plan, documents: [document] }, out('d.pdf'));
    const absent = [{ text: 'Kildens forfatter' }, { text: 'notat' }];
    const report = await verifyPdf(readFileSync(out('d.pdf')), { absent, reading: 'none' });
    expect(report.checks.filter((check) => check.verdict !== 'pass').map((check) => check.name)).toEqual([
      'text-under-boxes',
      'box-pixels',
      'picture-outside',
      'ocr',
    ]);
    expect(report.verdict).toBe('pass');
  });

  it('keeps the content of a page whose content is a single stream, and of one without any', async () => {
    const plain = await source([''], (pdf) => {
      const content = pdf.context.register(pdf.context.stream('BT /F1 12 Tf 60 700 Td (Enkelt indhold) Tj ET'));
      const font = pdf.context.obj({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica' });
      pdf.getPage(0).node.set(PDFName.of('Contents'), content);
      pdf.getPage(0).node.set(PDFName.of('Resources'), pdf.context.obj({ Font: { F1: pdf.context.register(font) } }));
      pdf.addPage([300, 300]).node.delete(PDFName.of('Contents'));
    });
    const document = { caseTitle: 'Sag', number: 7, title: 'Enkelt', files: [plain] };
    await assemblePackage({ ...plan, documents: [document] }, out('g.pdf'));
    const [first, second] = await shownPages(out('g.pdf'));
    expect(first).toContain('Enkelt indhold');
    expect(first).toContain('Dokument 7, side 1 af 2');
    expect(second).toContain('Dokument 7, side 2 af 2');
    const report = await verifyPdf(readFileSync(out('g.pdf')), { absent: [{ text: 'Poul Madsen' }] });
    expect(report.verdict).toBe('pass');
  });

  it.each([0, 90, 180, 270])('puts the stamp below what is shown on a page turned by %i degrees', async (angle) => {
    const turned = await source(['G'], (pdf) => {
      pdf.getPage(0).setRotation(degrees(angle));
      pdf.getPage(0).setMediaBox(-100, -50, 500, 700);
      pdf.getPage(0).setCropBox(0, 0, 300, 600);
    });
    const document = { caseTitle: 'Sag', number: 5, title: 'Drejet', files: [turned] };
    await assemblePackage({ ...plan, documents: [document] }, out('e.pdf'));
    const { document: pdf, close } = await openWithPdfJs(readFileSync(out('e.pdf')));
    const page = await pdf.getPage(1);
    const view = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    const stamp = items.find((item) => 'str' in item && item.str.startsWith('Dokument 5'));
    const [, , , , x = 0, y = 0] = (stamp as { transform: number[] }).transform;
    const [shownX = 0, shownY = 0] = view.convertToViewportPoint(x, y);
    const [across, high] = angle % 180 === 0 ? [300, 600] : [600, 300];
    expect(view.width).toBeCloseTo(across, 0);
    expect(shownY).toBeGreaterThan(high);
    expect(shownY).toBeLessThan(view.height);
    expect(shownX).toBeGreaterThan(0);
    expect(shownX).toBeLessThan(across / 4);
    await close();
  });

  it.each<[string, (Uint8Array | string)[]]>([
    ['a file that is not there', ['/nowhere/x.pdf']],
    ['a file that is no PDF', [Buffer.from('hej')]],
    ['a document without files', []],
  ])('refuses %s with a sentence and writes nothing', async (_, files) => {
    const document = { caseTitle: 'Sag', number: 6, title: 'Fejl', files };
    await expect(assemblePackage({ ...plan, documents: [document] }, out('f.pdf'))).rejects.toThrow(AssemblyError);
    expect(readdirSync(folder)).not.toContain('f.pdf');
    expect(readdirSync(folder)).not.toContain('f.pdf.partial');
  });

  it('writes letters that Helvetica does not have as question marks', async () => {
    const pdf = await PDFDocument.create();
    const font = fallbackFont(await pdf.embedFont(StandardFonts.Helvetica));
    expect(font.encode('Dokument Ż æ')).toBe(font.encode('Dokument ? æ'));
  });
});
