import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { deflateSync } from 'node:zlib';
import { rawImage, rawPdf } from './raw-pdf';
import { PdfDamagedError, PdfEncryptedError, PdfError, PdfTimeoutError, PdfTooLargeError } from './errors';
import { PdfEngine } from './pdf-engine';

const DATA = join(__dirname, '../../../test/data');
const PLAIN = join(DATA, 'pdf-cases/01_plain.pdf');
const folder = mkdtempSync(join(tmpdir(), 'pdf-engine-'));
const engine = new PdfEngine({ processes: 1, temporaryFolder: folder });

afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

function file(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** A page whose picture is small in the file and large in memory. */
function bomb(): string {
  const side = 8_000;
  const image = rawImage({ width: 1, height: 1 }, '/ColorSpace/DeviceGray', () => [0]);
  const data = deflateSync(Buffer.alloc(side * side));
  const dict = image.dict.replace('/Width 1', `/Width ${side}`).replace('/Height 1', `/Height ${side}`);
  const page = { content: 'q 500 0 0 500 0 0 cm /Im Do Q', resources: '/XObject<</Im 4 0 R>>' };
  return file('bombe.pdf', rawPdf([page], [{ dict, data }]));
}

describe('refusals', () => {
  it('refuses a file of 0 bytes as damaged', async () => {
    await expect(engine.sanitise(file('tom.pdf', Buffer.alloc(0)), join(folder, 'ud.pdf'))).rejects.toThrow(
      PdfDamagedError,
    );
  });

  it('refuses what is not a PDF as damaged', async () => {
    const letter = file('brev.pdf', Buffer.from('Kære borger'));
    await expect(engine.pageCount(letter)).rejects.toThrow('The file is not a PDF or is damaged beyond repair.');
  });

  it('refuses a PDF that needs a user password, and says so', async () => {
    const locked = join(DATA, 'pdf/user-password.pdf');
    await expect(engine.sanitise(locked, join(folder, 'ud.pdf'))).rejects.toThrow(PdfEncryptedError);
  });

  it('refuses boxes on a page that does not exist', async () => {
    const job = engine.redact(PLAIN, join(folder, 'ud.pdf'), { 7: [[0, 0, 10, 10]] });
    await expect(job).rejects.toThrow('There is no page 7 (from 0) to redact; the PDF has 1 pages.');
  });

  it('reads a PDF whose cross-reference table is lost', async () => {
    const whole = rawPdf([{ content: 'BT /F1 14 Tf 72 700 Td (Stadig her) Tj ET' }]);
    whole.fill(' ', whole.indexOf('xref'), whole.indexOf('trailer'));
    const cut = file('uden-tabel.pdf', whole);
    expect((await engine.readPages(cut))[0].text).toBe('Stadig her');
  });
});

describe('limits', () => {
  it('kills a child that grows beyond the memory allowed, and goes on with a fresh one', async () => {
    const small = new PdfEngine({ processes: 1, maxResidentBytes: 230 * 2 ** 20, temporaryFolder: folder });
    try {
      expect(await small.pageCount(PLAIN)).toBe(1);
      await expect(small.rasterise(bomb(), 0, { dpi: 600, format: 'png' })).rejects.toThrow(PdfTooLargeError);
      expect(await small.pageCount(PLAIN)).toBe(1);
    } finally {
      await small.close();
    }
  });

  it('stops a job that takes longer than allowed', async () => {
    const hasty = new PdfEngine({ processes: 1, timeoutMs: 1, temporaryFolder: folder });
    try {
      await expect(hasty.rasterise(bomb(), 0, { dpi: 150, format: 'png' })).rejects.toThrow(PdfTimeoutError);
    } finally {
      await hasty.close();
    }
  });

  it('runs more jobs than it has processes', async () => {
    const counts = await Promise.all(Array.from({ length: 8 }, () => engine.pageCount(PLAIN)));
    expect(counts).toEqual(Array(8).fill(1));
  });

  it('refuses jobs after it was closed', async () => {
    const closed = new PdfEngine({ processes: 1 });
    await closed.close();
    await expect(closed.pageCount(PLAIN)).rejects.toThrow(PdfError);
  });

  it('leaves no temporary folder behind', async () => {
    await engine.rasterise(PLAIN, 0, { dpi: 72, format: 'jpeg' });
    expect(readdirSync(folder).filter((name) => name.startsWith('aktindsigt-pdf-'))).toEqual([]);
  });
});

describe('reading', () => {
  it('gives words with offsets into the text and boxes in the page', async () => {
    const [page] = await engine.readPages(PLAIN);
    expect(page.text).toBe('Ansoeger CPR 120388-1234 bevares efter');
    const word = page.words[2];
    expect(page.text.slice(word.start, word.end)).toBe('120388-1234');
    expect(word.box[0]).toBeCloseTo(169.26, 1);
    expect(word.box[2]).toBeGreaterThan(249);
    expect(page).toMatchObject({ index: 0, width: 595, height: 842, rotation: 0, reading: 'text' });
  });

  it('gives the same boxes whether or not the page is turned', async () => {
    const [turned] = await engine.readPages(join(DATA, 'pdf-cases/10_rotate90.pdf'));
    const [upright] = await engine.readPages(PLAIN);
    expect(turned).toMatchObject({ width: 595, height: 842, rotation: 90 });
    expect(turned.words[2].box).toEqual(upright.words[2].box);
  });

  it('tells where an offset page begins', async () => {
    const [page] = await engine.readPages(join(DATA, 'pdf-cases/11_mediabox_offset.pdf'));
    expect(page).toMatchObject({ origin: [0, 0], width: 450, height: 780 });
    expect(page.words[2].box[0]).toBeCloseTo(169.26, 1);
  });

  it('reads white text and text outside the page, and leaves a page without text unread', async () => {
    const [page] = await engine.readPages(join(DATA, 'pdf-cases/48_white_and_offpage.pdf'));
    expect(page.text.match(/120388-1234/g)).toHaveLength(3);
    const [blank] = await engine.readPages(file('blank.pdf', rawPdf([{ content: '' }])));
    expect(blank.reading).toBe('unread');
  });

  it('draws a turned page as it is shown', async () => {
    const png = await engine.rasterise(join(DATA, 'pdf-cases/10_rotate90.pdf'), 0, { dpi: 144, format: 'png' });
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 1684, height: 1190 });
  });
});
