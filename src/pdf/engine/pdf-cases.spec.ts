import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodePDFRawStream, PDFDocument, PDFRawStream } from 'pdf-lib';
import type { BoxesByPage } from '../../contracts';
import { openWithPdfJs } from '../gate/pdfjs-document';
import { redactDocument } from '../redact-document';
import { PdfEngine } from './pdf-engine';

interface PdfCase {
  file: string;
  rects: BoxesByPage;
  keep: string[];
  kind: string;
  secret: string | string[];
}

const FOLDER = join(__dirname, '../../../test/data/pdf-cases');
const CASES = JSON.parse(readFileSync(join(FOLDER, 'cases.json'), 'utf8')) as Record<string, PdfCase>;

const engine = new PdfEngine({ processes: 1 });
const folder = mkdtempSync(join(tmpdir(), 'pdf-cases-'));
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

async function textByPdfJs(file: string): Promise<string> {
  const { document, close } = await openWithPdfJs(new Uint8Array(readFileSync(file)));
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(''));
  }
  await close();
  return pages.join('\n').replace(/\s+/g, ' ');
}

/** Every dictionary and every stream that can be decoded, as one text. */
async function insides(file: string): Promise<string> {
  const document = await PDFDocument.load(readFileSync(file), { updateMetadata: false });
  const parts = document.context.enumerateIndirectObjects().map(([, object]) => {
    if (!(object instanceof PDFRawStream)) return object.toString();
    const isPicture = object.dict.toString().includes('/DCTDecode');
    const data = isPicture ? object.contents : decodePDFRawStream(object).decode();
    return `${object.dict.toString()} ${Buffer.from(data).toString('latin1')}`;
  });
  return parts.join('\n');
}

const holds = (text: string, secret: string) =>
  [secret, secret.replace(/\D/g, ''), Buffer.from(secret, 'utf16le').toString('latin1')]
    .filter((spelling) => spelling.length > 4)
    .some((spelling) => text.includes(spelling));

describe('the cases that each hide a secret in another place', () => {
  it('are all 26 there', () => expect(Object.keys(CASES)).toHaveLength(26));

  it('are read by this test where they are: the secret is found before', async () => {
    const input = join(FOLDER, CASES['01_plain'].file);
    expect(await textByPdfJs(input)).toContain('120388-1234');
    expect(holds(await insides(input), '120388-1234')).toBe(true);
  });

  it.each(Object.entries(CASES))(
    '%s: the secret is gone, the rest stays',
    async (_, { file, rects, keep, kind, secret }) => {
      const input = join(FOLDER, file);
      const out = join(folder, file);
      const keepElsewhere = kind.endsWith('_p0');
      const verdict = await redactDocument(engine, input, out, rects, { keepElsewhere, everywhere: !keepElsewhere });
      expect(verdict.report.findings).toEqual([]);
      expect(verdict).toMatchObject({ verdict: 'pass', written: true });

      const text = await textByPdfJs(out);
      for (const kept of keep) expect(text).toContain(kept);
      const inner = await insides(out);
      for (const gone of [secret].flat()) {
        expect(text).not.toContain(gone);
        expect(holds(inner, gone)).toBe(false);
      }
    },
  );

  it('31: the picture that page 2 shares with the redacted page 1 keeps every pixel', async () => {
    const shared = CASES['31_img_shared_one_page'];
    const out = join(folder, 'delt.pdf');
    await redactDocument(engine, join(FOLDER, shared.file), out, shared.rects, { keepElsewhere: true });
    const [before, after] = await Promise.all(
      [join(FOLDER, shared.file), out].map((pdf) => engine.rasterise(pdf, 1, { dpi: 72, format: 'png' })),
    );
    expect(after.equals(before)).toBe(true);
  });
});
