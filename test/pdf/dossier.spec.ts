import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { degrees, PDFDocument } from 'pdf-lib';
import sharp from 'sharp';
import { PdfEngine, type DossierPlan } from '../../src/pdf';
import { openWithPdfJs } from '../../src/pdf/gate/pdfjs-document';
import type { Box } from '../../src/contracts';
import { missingProgram } from '../support/missing-program';

const isMissing = ['qpdf', 'pdftoppm', 'pdftotext']
  .map((program) => missingProgram(program, 'frames, text and bookmarks of a joined file'))
  .some(Boolean);
const SECRET = 'Naboen Birgit Ravn';
/** Around the secret, in the user space of every test page. */
const BOX: Box = [60, 398, 160, 412];

(isMissing ? describe.skip : describe)('a file of many with places framed on it', () => {
  let folder: string;
  let engine: PdfEngine;
  const out = (name: string): string => join(folder, name);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dossier-'));
    engine = new PdfEngine({ processes: 1 });
  });
  afterAll(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  async function source(name: string, angle = 0, pages = 1): Promise<string> {
    const pdf = await PDFDocument.create();
    for (let index = 0; index < pages; index += 1) {
      const page = pdf.addPage([420, 595]);
      page.setRotation(degrees(angle));
      page.drawText(SECRET, { x: 62, y: 401, size: 10 });
      page.drawText(`Side ${index + 1} i kilden`, { x: 62, y: 100, size: 10 });
    }
    writeFileSync(out(`raw-${name}`), await pdf.save());
    await engine.sanitise(out(`raw-${name}`), out(name));
    return out(name);
  }

  const plan = (path: string, pages: number, more: Partial<DossierPlan> = {}): DossierPlan => ({
    parts: [
      { path, pages, stamp: 'Dokument 4', marks: { '0': [{ number: 12, label: '§ 15 b, nr. 5', boxes: [BOX] }] } },
    ],
    title: 'Sagen til Ankestyrelsen',
    author: 'Solby Kommune',
    createdAt: '2026-11-22T10:00:00Z',
    bookmarks: [
      { title: 'Dokumenterne', page: 1, children: [{ title: 'Nr. 4 – Underretning Æ', page: pages, children: [] }] },
    ],
    attachments: [],
    out: out('out.pdf'),
    ...more,
  });

  const words = (page: number): string =>
    execFileSync('pdftotext', ['-f', String(page), '-l', String(page), '-raw', out('out.pdf'), '-']).toString();

  /** Pixels at 72 dpi in the colour of a frame, by place from the top left corner. */
  async function framePixels(): Promise<{ points: [number, number][]; width: number; height: number }> {
    execFileSync('pdftoppm', ['-r', '72', '-png', '-singlefile', out('out.pdf'), out('page')]);
    const { data, info } = await sharp(out('page.png')).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const points: [number, number][] = [];
    for (let at = 0; at < data.length; at += 3) {
      const [red, green, blue] = [data[at], data[at + 1], data[at + 2]];
      if (red - green > 60 && red - blue > 20) points.push([(at / 3) % info.width, Math.floor(at / 3 / info.width)]);
    }
    return { points, width: info.width, height: info.height };
  }

  it.each([0, 90, 180, 270])(
    'draws the frame around its place and nothing over it, on a page turned by %i degrees',
    async (angle) => {
      await engine.joinDossier(plan(await source(`turned-${angle}.pdf`, angle), 1));
      const { document, close } = await openWithPdfJs(readFileSync(out('out.pdf')));
      const page = await document.getPage(1);
      const view = page.getViewport({ scale: 1 });
      const { items } = await page.getTextContent();
      // The text under the frame is there to be read, in one piece.
      const secret = items.find((item) => 'str' in item && item.str === SECRET) as { transform: number[] };
      const corners = [view.convertToViewportPoint(BOX[0], BOX[1]), view.convertToViewportPoint(BOX[2], BOX[3])];
      const [left, right] = [corners[0][0], corners[1][0]].sort((a, b) => a - b);
      const [top, bottom] = [corners[0][1], corners[1][1]].sort((a, b) => a - b);
      const [x, y] = view.convertToViewportPoint(secret.transform[4], secret.transform[5]);
      expect(x >= left && x <= right && y >= top && y <= bottom).toBe(true);
      await close();
      const { points, width, height } = await framePixels();
      expect([width, height]).toEqual([Math.round(view.width), Math.round(view.height)]);
      const near = (value: number, edge: number): boolean => Math.abs(value - edge) <= 2.5;
      const inside = points.filter(([px, py]) => px > left + 2 && px < right - 3 && py > top + 2 && py < bottom - 3);
      expect(inside).toEqual([]);
      const on = {
        left: points.filter(([px, py]) => near(px, left) && py > top && py < bottom),
        right: points.filter(([px, py]) => near(px, right) && py > top && py < bottom),
        top: points.filter(([px, py]) => near(py, top) && px > left && px < right),
        bottom: points.filter(([px, py]) => near(py, bottom) && px > left && px < right),
      };
      expect(on.left.length).toBeGreaterThanOrEqual((bottom - top) * 0.7);
      expect(on.right.length).toBeGreaterThanOrEqual((bottom - top) * 0.7);
      expect(on.top.length).toBeGreaterThanOrEqual((right - left) * 0.7);
      expect(on.bottom.length).toBeGreaterThanOrEqual((right - left) * 0.7);
    },
  );

  it('writes ground and number in a margin of its own, and where each page belongs below it', async () => {
    await engine.joinDossier(plan(await source('two.pdf', 0, 2), 2));
    expect(words(1)).toMatch(/12\s+§ 15 b, nr\. 5/);
    expect(words(1)).toContain(SECRET);
    expect(words(1)).toContain('Dokument 4, side 1 af 2');
    expect(words(2)).toContain('Side 2 af 2');
    expect(words(2)).not.toContain('§ 15 b');
    const sizes = execFileSync('pdfinfo', ['-l', '2', out('out.pdf')])
      .toString()
      .match(/Page +\d size: +[\d.]+/g);
    // The column stands beside the page; a page with nothing marked has none.
    expect(sizes?.map((size) => Math.round(Number(size.split(' ').at(-1))))).toEqual([488, 420]);
  });

  it('frames a page whole where the whole document was withheld', async () => {
    const whole = { '0': [{ number: 1, label: 'Hele dokumentet: § 12', boxes: [] }] };
    const path = await source('whole.pdf');
    await engine.joinDossier({ ...plan(path, 1), parts: [{ path, pages: 1, stamp: 'Dokument 9', marks: whole }] });
    const { points } = await framePixels();
    const edges = points.filter(([x]) => x <= 5);
    expect(edges.length).toBeGreaterThan(500);
    expect(words(1)).toContain('Hele dokumentet');
    expect(words(1)).toContain(SECRET);
  });

  it('has bookmarks that lead to their pages, and holds attached files byte for byte', async () => {
    const bytes = Buffer.from('{"bevis": "æøå"}');
    writeFileSync(out('bevis.json'), bytes);
    const attachments = [
      { name: 'bevis.json', path: out('bevis.json'), mediaType: 'application/json', description: 'Beviset' },
    ];
    await engine.joinDossier(plan(await source('three.pdf', 0, 3), 3, { attachments }));
    execFileSync('qpdf', ['--check', out('out.pdf')]);
    const { outlines, pages } = JSON.parse(
      execFileSync('qpdf', ['--json', '--json-key=outlines', '--json-key=pages', out('out.pdf')]).toString(),
    );
    expect(pages).toHaveLength(3);
    expect(outlines[0]).toMatchObject({ title: 'Dokumenterne', destpageposfrom1: 1 });
    expect(outlines[0].kids[0]).toMatchObject({ title: 'Nr. 4 – Underretning Æ', destpageposfrom1: 3 });
    expect(execFileSync('qpdf', ['--show-attachment=bevis.json', out('out.pdf')]).equals(bytes)).toBe(true);
  });

  it('is the same to the byte for the same plan', async () => {
    const path = await source('same.pdf');
    await engine.joinDossier({ ...plan(path, 1), out: out('a.pdf') });
    await engine.joinDossier({ ...plan(path, 1), out: out('b.pdf') });
    expect(readFileSync(out('a.pdf')).equals(readFileSync(out('b.pdf')))).toBe(true);
  });

  it('leaves out no number when more places are marked than the margin has lines', async () => {
    const marks = Array.from({ length: 150 }, (_, index) => ({
      number: index + 1,
      label: '§ 15 b, nr. 5',
      boxes: [[60, 590 - index * 3.5, 90, 593 - index * 3.5] as Box],
    }));
    const path = await source('many.pdf');
    await engine.joinDossier({ ...plan(path, 1), parts: [{ path, pages: 1, stamp: 'D', marks: { '0': marks } }] });
    expect(words(1)).toMatch(/1–150\s+§ 15 b/);
  });
});
