import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { Box, BoxesByPage, PageText } from '../../src/contracts';
import { closeOcr, PdfEngine, readPagesFully, readStructure, writeReadingHtml } from '../../src/pdf';
import { HOME } from '../../src/sandbox/municipality/filing';
import { chromiumArguments, chromiumPath } from './chromium';

const executablePath = chromiumPath();
const GROUND = '[oplysning fjernet – forvaltningslovens § 15 b, nr. 5]';
/** Words of Clara's letter that are about her neighbour. */
const ABOUT_ANOTHER = /Holger|Inga|230865/;
const TABLE = [
  ['Ydelse', 'Uger', 'Beløb'],
  ['Sygedagpenge', '5', '22.325,00'],
  ['Hjælp til husleje', '4', '1.500,00'],
];

/** Clara's letter with what is about others removed, a page with a table, and a scanned page: read as the answer's are. */
async function readingVersion(folder: string): Promise<string> {
  const engine = new PdfEngine({ processes: 1 });
  try {
    const [before, after] = [join(folder, 'before.pdf'), join(folder, 'after.pdf')];
    await writeFile(before, await claraWithMore());
    const boxes = aboutAnother(await engine.readPages(before));
    const labels = Object.fromEntries(Object.entries(boxes).map(([page, list]) => [page, list.map(() => '§ 15 b')]));
    const { applied } = await engine.redact(before, after, boxes, { labels });
    const pages = await readPagesFully(engine, after, { ignored: applied });
    const pictures = await engine.pictureBoxes(after);
    const redacted = pages.map((page) => ({
      page,
      removed: (applied[String(page.index)] ?? []).map((box) => ({ box, note: GROUND })),
      pictures: pictures[page.index] ?? [],
      kept: [],
    }));
    const document = { number: '1', title: 'Svar på ansøgning', about: 'Brev. Noget er fjernet.' };
    const head = { title: 'Læseudgave', municipality: 'Solby Kommune', caseNumber: '2026-1', date: '2026-11-22' };
    return writeReadingHtml({ ...head, documents: [{ ...document, pages: readStructure(redacted, 1) }] });
  } finally {
    await closeOcr();
    await engine.close();
  }
}

async function claraWithMore(): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(await readFile(join(HOME, 'files', 'clara', 'brev.pdf')));
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  const sheet = pdf.addPage([595, 842]);
  TABLE.forEach((row, at) =>
    row.forEach((text, column) => sheet.drawText(text, { x: 60 + column * 170, y: 740 - at * 18, size: 11, font })),
  );
  const scan = await pdf.embedPng(await readFile(join(__dirname, '..', 'data', 'ocr', 'trykt-dansk.png')));
  pdf.addPage([595, 842]).drawImage(scan, { x: 0, y: 0, width: 595, height: 842 });
  return pdf.save();
}

function aboutAnother(pages: PageText[]): BoxesByPage {
  const boxes: Record<string, Box[]> = {};
  for (const { index, words } of pages)
    for (const word of words) if (ABOUT_ANOTHER.test(word.text)) (boxes[index] ??= []).push(word.box);
  return boxes;
}

(executablePath ? describe : describe.skip)('the reading version in a browser', () => {
  let folder: string;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aktindsigt-laeseudgave-'));
    const file = join(folder, 'laeseudgave.html');
    await writeFile(file, await readingVersion(folder));
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: chromiumArguments });
    page = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(pathToFileURL(file).href);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('fulfils WCAG 2.1 AA, obeys its own content security policy and fits a telephone', async () => {
    const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];
    const { violations, passes } = await new AxeBuilder({ page }).withTags(levels).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
    expect(passes.length).toBeGreaterThan(10);
    expect(complaints).toEqual([]);
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
  });

  it('has a heading for each document and each page, in their order', async () => {
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.getByRole('heading', { level: 2, name: /Dokument 1/ }).count()).toBe(1);
    const sides = await page.getByRole('heading', { level: 3 }).allInnerTexts();
    expect(sides.map((side) => /Side \d+ af \d+/.exec(side)?.[0])).toEqual(
      [1, 2, 3, 4, 5].map((side) => `Side ${side} af 5`),
    );
  });

  it('gives a table as a table whose first row names the columns', async () => {
    const table = page.getByRole('table').filter({ hasText: 'Sygedagpenge' });
    expect(await table.getByRole('columnheader').allInnerTexts()).toEqual(TABLE[0]);
    expect(await table.getByRole('row').count()).toBe(TABLE.length);
  });

  it('says what was removed by its ground and nothing of it, and that a scan was read by a machine', async () => {
    const text = await page.locator('body').innerText();
    expect(text).toContain(GROUND);
    expect(text).not.toMatch(ABOUT_ANOTHER);
    expect(text).toContain('Teksten er aflæst maskinelt og kan indeholde fejl.');
    expect(text).toContain('sygemeldt siden august');
  });
});
