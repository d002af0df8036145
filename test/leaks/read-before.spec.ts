import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rgb } from 'pdf-lib';
import type { Word } from '../../src/contracts';
import type { ReadBefore } from '../../src/pdf/gate/read-before';
import { verifyPdf, verifyShare, type VerifyOptions } from '../../src/pdf/gate/verify';
import { bytesOf, finishedPdf, SECRET } from './finished-pdf';
import { pictureOf } from './plants';

const ABSENT = [{ text: SECRET, type: 'CPR' }];
/** Where the picture shows the number. */
const PLACE = [120, 455, 560, 500] as const;

/** A scanned page. A cover may lie over a part of it. */
async function scan(text: string, cover?: readonly [number, number, number, number]): Promise<Buffer> {
  const file = await finishedPdf();
  file.page.drawImage(await file.pdf.embedPng(await pictureOf(text)), { x: 0, y: 0, width: 595, height: 600 });
  if (cover) {
    const [x, y, right, top] = cover;
    file.page.drawRectangle({ x, y, width: right - x, height: top - y, color: rgb(0, 0, 0) });
  }
  return bytesOf(file);
}

function readBefore(...words: [text: string, box: readonly [number, number, number, number]][]): ReadBefore {
  let text = '';
  const placed: Word[] = words.map(([each, box]) => {
    const start = text === '' ? 0 : text.length + 1;
    text += `${text === '' ? '' : ' '}${each}`;
    return { text: each, start, end: text.length, box: [...box] };
  });
  return { text, words: placed };
}

const CALM = readBefore(['Notat', [30, 455, 110, 500]], ['roligt', [120, 455, 300, 500]]);
const WITH_SECRET = readBefore(['Notat', [30, 455, 110, 500]], [SECRET, PLACE]);

describe('a scan that was read before it was redacted', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'read-before-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** The pages that the reading program is asked to read. */
  async function toRead(after: Buffer, original: Buffer, options: Partial<VerifyOptions>): Promise<number[]> {
    const files = { pdf: join(folder, 'after.pdf'), original: join(folder, 'before.pdf') };
    await writeFile(files.pdf, after);
    await writeFile(files.original, original);
    const rules = { absent: ABSENT, boxes: {}, ...options };
    const part = await verifyShare(files, rules, { kind: 'pages', first: 0, end: 1 });
    expect(part.checks.some(({ name }) => name === 'readable')).toBe(true);
    // The file's hash may draw the page: then it is read whatever was known.
    return part.toRead ?? [];
  }

  it('is not read again when it looks the same and nothing was read that must be gone', async () => {
    const page = await scan('noget roligt');
    expect(await toRead(page, page, {})).toEqual([0]);
    expect(await toRead(page, page, { readBefore: { '0': CALM } })).toEqual([]);
  });

  it('is not read again when a cover hides the word that must be gone', async () => {
    const [before, after] = [await scan(SECRET), await scan(SECRET, PLACE)];
    const options = { boxes: { '0': [[...PLACE] as [number, number, number, number]] } };
    expect(await toRead(after, before, { ...options, readBefore: { '0': WITH_SECRET } })).toEqual([]);
  });

  it.each<[string, () => Promise<[Buffer, Buffer, Partial<VerifyOptions>]>]>([
    [
      'a word that must be gone was read outside the covers',
      async () => [await scan(SECRET), await scan(SECRET), { readBefore: { '0': WITH_SECRET } }],
    ],
    [
      'the cover hides only a part of the word',
      async () => {
        const half: [number, number, number, number] = [PLACE[0], PLACE[1], 340, PLACE[3]];
        const options = { boxes: { '0': [half] }, readBefore: { '0': WITH_SECRET } };
        return [await scan(SECRET, half), await scan(SECRET), options];
      },
    ],
    [
      'the page does not look as it did',
      async () => [await scan(SECRET), await scan('noget roligt'), { readBefore: { '0': CALM } }],
    ],
    [
      'a box shows something else than its cover',
      async () => {
        const options = { boxes: { '0': [[...PLACE] as [number, number, number, number]] } };
        return [await scan(SECRET), await scan(SECRET), { ...options, readBefore: { '0': WITH_SECRET } }];
      },
    ],
    [
      'it was made a picture anew',
      async () => {
        const page = await scan('noget roligt');
        return [page, page, { rasterisedPages: [0], readBefore: { '0': CALM } }];
      },
    ],
  ])('is read again when %s', async (_why, made) => {
    const [after, before, options] = await made();
    expect(await toRead(after, before, options)).toEqual([0]);
  });

  it('fails the gate by what the program reads when a number was left in it', async () => {
    const page = await scan(SECRET);
    const report = await verifyPdf(page, {
      absent: ABSENT,
      original: page,
      boxes: {},
      readBefore: { '0': WITH_SECRET },
    });
    expect(report.checks.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name)).toEqual(['ocr']);
  });

  it('has the check of its picture carried out, not skipped, when what was read before was enough', async () => {
    const page = await scan('noget roligt');
    const rules = { absent: ABSENT, original: page, boxes: {}, readBefore: { '0': CALM } };
    const report = await verifyPdf(page, rules);
    expect(report.checks.find(({ name }) => name === 'ocr')).toMatchObject({ verdict: 'pass', engine: 'tesseract' });
    expect(report.verdict).toBe('pass');
  });
});
