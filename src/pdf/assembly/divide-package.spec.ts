import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFName, type PDFPage } from 'pdf-lib';
import { openWithPdfJs } from '../gate/pdfjs-document';
import { assemblePackage, type PackageDocument } from './assemble';
import { dividePackage, weighDocuments, type DividedDocument } from './divide-package';
import { pageCountOf } from './package-source';

/** A page whose content is noise of so many bytes, which nothing makes smaller. */
function addHeavyPage(pdf: PDFDocument, bytes: number): PDFPage {
  const page = pdf.addPage([200, 200]);
  const noise = pdf.context.stream(randomBytes(bytes), { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 1, 1] });
  page.node.setXObject(PDFName.of('Noise'), pdf.context.register(noise));
  return page;
}

async function file(...weights: number[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  for (const bytes of weights) addHeavyPage(pdf, bytes);
  return pdf.save();
}

const document = (number: number, ...files: Uint8Array[]): PackageDocument => ({
  caseTitle: 'Sag',
  number,
  title: `Dokument ${number}`,
  files,
});
const inWords = (groups: DividedDocument[][]): string[] =>
  groups.map((group) =>
    group.map(({ number, pages, piece }) => `${number}:${piece ? piece.before : 0}+${pages}`).join(' '),
  );

describe('the division of a package', () => {
  it('is at the borders of documents, in their order, as full as there is room', async () => {
    const weighed = await weighDocuments([
      document(1, await file(40_000)),
      document(2, await file(20_000, 20_000)),
      document(3, await file(30_000)),
      document(4, await file(60_000)),
    ]);
    expect(inWords(dividePackage(weighed, 100_000))).toEqual(['1:0+1 2:0+2', '3:0+1 4:0+1']);
    expect(inWords(dividePackage(weighed, 1_000_000))).toEqual(['1:0+1 2:0+2 3:0+1 4:0+1']);
  });

  it('is at pages, also across files, where one document alone is too heavy, and the next document follows its last piece', async () => {
    const weighed = await weighDocuments([
      document(1, await file(10_000)),
      document(2, await file(40_000, 40_000), await file(40_000, 10_000)),
      document(3, await file(20_000)),
    ]);
    const groups = dividePackage(weighed, 100_000);
    expect(inWords(groups)).toEqual(['1:0+1', '2:0+2', '2:2+2 3:0+1']);
    expect(groups.flat().map(({ piece }) => piece?.of)).toEqual([undefined, 4, 4, undefined]);
  });

  it('gives a page that is too heavy a part of its own', async () => {
    const weighed = await weighDocuments([document(1, await file(10_000, 200_000, 10_000))]);
    expect(inWords(dividePackage(weighed, 100_000))).toEqual(['1:0+1', '1:1+1', '1:2+1']);
  });

  it('weighs what pages share once', async () => {
    const pdf = await PDFDocument.create();
    const first = addHeavyPage(pdf, 80_000);
    const shared = first.node.Resources()?.lookup(PDFName.of('XObject'));
    for (let count = 0; count < 4; count += 1)
      pdf.addPage([200, 200]).node.set(PDFName.of('Resources'), pdf.context.obj({ XObject: shared }));
    const weighed = await weighDocuments([document(1, await pdf.save())]);
    expect(dividePackage(weighed, 100_000)).toHaveLength(1);
  });

  it('loses no page and repeats none, and says on each page where the document goes on', async () => {
    const whole = [document(1, await file(30_000, 30_000, 30_000)), document(2, await file(5_000))];
    const groups = dividePackage(await weighDocuments(whole), 70_000);
    expect(inWords(groups)).toEqual(['1:0+2', '1:2+1 2:0+1']);
    const folder = await mkdtemp(join(tmpdir(), 'divide-'));
    const plan = { title: 'Dele', municipality: 'Solby Kommune', createdAt: new Date(0) };
    const texts: string[] = [];
    for (const [index, documents] of groups.entries()) {
      const path = join(folder, `${index}.pdf`);
      const part = { number: index + 1, of: groups.length };
      const front = await file(100);
      const { pages } = await assemblePackage({ ...plan, documents, part, front }, path);
      expect(await pageCountOf(path)).toBe(pages);
      texts.push(...(await shownPages(path)));
    }
    await rm(folder, { recursive: true });
    expect(texts).toEqual([
      'Indhold|Del 1 af 2, side 1 af 3',
      'Dokument 1, side 1 af 3|Del 1 af 2, side 2 af 3',
      'Dokument 1, side 2 af 3 (fortsættes i del 2)|Del 1 af 2, side 3 af 3',
      'Indhold|Del 2 af 2, side 1 af 3',
      'Dokument 1, side 3 af 3|Del 2 af 2, side 2 af 3',
      'Dokument 2, side 1 af 1|Del 2 af 2, side 3 af 3',
    ]);
  });

  it('has bookmarks and page labels that go on where the part before ended', async () => {
    const groups = dividePackage(await weighDocuments([document(1, await file(30_000, 30_000, 30_000))]), 40_000);
    const folder = await mkdtemp(join(tmpdir(), 'divide-'));
    const path = join(folder, 'del.pdf');
    const plan = { title: 'Dele', municipality: 'Solby Kommune', createdAt: new Date(0), front: await file(100) };
    await assemblePackage({ ...plan, documents: groups[1] as DividedDocument[], part: { number: 2, of: 3 } }, path);
    const { document: pdf, close } = await openWithPdfJs(readFileSync(path));
    const outline = await pdf.getOutline();
    expect(outline.map(({ title }) => title)).toEqual(['Indhold', 'Sag']);
    expect(outline[1]?.items[0]?.title).toBe('1. Dokument 1 (fortsat fra del 1, fortsættes i del 3)');
    expect(await pdf.getPageLabels()).toEqual(['i', '1-2']);
    await close();
    await rm(folder, { recursive: true });
  });
});

async function shownPages(path: string): Promise<string[]> {
  const { document: pdf, close } = await openWithPdfJs(readFileSync(path));
  const texts: string[] = [];
  for (let page = 1; page <= pdf.numPages; page += 1) {
    const { items } = await (await pdf.getPage(page)).getTextContent();
    texts.push(items.flatMap((item) => ('str' in item && item.str.trim() ? [item.str] : [])).join('|'));
  }
  await close();
  return texts;
}
