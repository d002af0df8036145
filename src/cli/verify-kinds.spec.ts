import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { PDFDocument, PDFName, PDFString, StandardFonts, type PDFFont, type PDFPage } from 'pdf-lib';
import type { LeakReport } from '../contracts';
import { registerVerify } from './verify.command';

interface Draft {
  pdf: PDFDocument;
  page: PDFPage;
  font: PDFFont;
}

const BOX = [70, 696, 270, 714];
/** Each bad habit, planted on the second page, and the check that must name page and box. */
const HABITS: [what: string, check: string, plant: (draft: Draft) => void][] = [
  [
    'a black rectangle over live text',
    'covered-text',
    ({ page }) => page.drawRectangle({ x: 70, y: 696, width: 200, height: 18 }),
  ],
  [
    'a redaction annotation that was not applied',
    'annotations',
    ({ pdf, page }) => {
      const mark = pdf.context.obj({ Type: 'Annot', Subtype: 'Redact', Rect: BOX });
      page.node.set(PDFName.of('Annots'), pdf.context.obj([mark]));
    },
  ],
  [
    'a dark image over text',
    'covered-text',
    ({ pdf, page }) => {
      const dark = pdf.context.stream('q 200 0 0 18 70 696 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q');
      page.node.addContentStream(pdf.context.register(dark));
    },
  ],
  [
    'a hidden layer',
    'layers',
    ({ pdf, page, font }) => {
      const layer = pdf.context.register(pdf.context.obj({ Type: 'OCG', Name: PDFString.of('lag') }));
      const state = pdf.context.obj({ OFF: [layer], Order: [layer] });
      pdf.catalog.set(PDFName.of('OCProperties'), pdf.context.obj({ OCGs: [layer], D: state }));
      page.node.Resources()?.set(PDFName.of('Properties'), pdf.context.obj({ L: layer }));
      page.node.setFontDictionary(PDFName.of('Lag'), font.ref);
      const shown = pdf.context.stream('/OC /L BDC BT /Lag 12 Tf 72 700 Td <01> Tj (lag) Tj ET EMC');
      page.node.addContentStream(pdf.context.register(shown));
    },
  ],
];

describe('verify on a PDF of anybody', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verify-kinds-'));
  const path = join(folder, 'fil.pdf');
  const terms = join(folder, 'fjernes.json');
  beforeAll(() => writeFileSync(terms, JSON.stringify([{ text: '120388-1234', type: 'CPR' }])));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function report(plant: (draft: Draft) => void, ...args: string[]): Promise<{ code: number; out: LeakReport }> {
    const pdf = await PDFDocument.create({ updateMetadata: false });
    const font = await pdf.embedFont(StandardFonts.Helvetica);
    pdf.addPage([595, 842]).drawText('Side et', { font });
    const page = pdf.addPage([595, 842]);
    page.drawText('Levende tekst om et forhold', { x: 72, y: 700, size: 12, font });
    plant({ pdf, page, font });
    writeFileSync(path, await pdf.save({ useObjectStreams: false }));
    const out: string[] = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
    const program = new Command().exitOverride();
    registerVerify(program);
    try {
      await program.parseAsync(['verify', ...args, path], { from: 'user' });
      return { code: Number(process.exitCode), out: JSON.parse(out.join('')) as LeakReport };
    } finally {
      jest.restoreAllMocks();
      process.exitCode = 0;
    }
  }

  it('ends with 0 when nothing is wrong', async () => {
    expect(await report(() => undefined)).toMatchObject({ code: 0, out: { verdict: 'pass', pages: 2 } });
  });

  describe.each([
    ['without terms', [] as string[]],
    ['with terms', ['--absent', terms]],
  ])('%s', (_, args) => {
    it.each(HABITS)('finds %s, with page and box', async (_what, check, plant) => {
      const { code, out } = await report(plant, ...args);
      expect(code).toBe(1);
      const found = out.findings.find((finding) => finding.check === check && finding.box !== undefined);
      expect(found).toMatchObject({ page: 1 });
      const [x0, y0, x1, y1] = found?.box as readonly number[];
      // The place that is named touches the place where it was planted.
      expect(x0 < BOX[2] && x1 > BOX[0] && y0 < BOX[3] && y1 > BOX[1]).toBe(true);
    });
  });

  it('tells of metadata without terms, and fails on a term in it', async () => {
    const author = ({ pdf }: Draft): void => pdf.setAuthor('Sagsbehandler 120388-1234');
    const told = await report(author);
    expect(told.code).toBe(0);
    expect(told.out.findings).toMatchObject([{ check: 'metadata' }]);
    const failed = await report(author, '--absent', terms);
    expect(failed.code).toBe(1);
    expect(failed.out.findings.map(({ check }) => check)).toContain('metadata');
    expect(JSON.stringify(failed.out)).not.toContain('120388');
  });
});
