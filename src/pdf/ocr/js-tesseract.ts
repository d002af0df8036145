import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createWorker, PSM, type Worker } from 'tesseract.js';
import type { OcrProgram, RecognisedWord } from './recognised-word';

const LANGUAGES = ['dan', 'eng'];
let starting: Promise<Worker> | undefined;

/** True when the program and its Danish data are installed as packages. */
export function jsIsThere(): boolean {
  try {
    require.resolve('tesseract.js');
    return dataOf('dan') !== undefined;
  } catch {
    return false;
  }
}

/** The data of a language's package, or nothing where the package is not installed. */
function dataOf(code: string): string | undefined {
  try {
    return join(dirname(require.resolve(`@tesseract.js-data/${code}/package.json`)), '4.0.0', `${code}.traineddata.gz`);
  } catch {
    return undefined;
  }
}

/** The languages whose packages are installed. */
function languages(): string[] {
  return LANGUAGES.filter((code) => dataOf(code) !== undefined);
}

/** The program reads every language from one folder; the packages lie in one each. */
async function inOneFolder<T>(codes: readonly string[], action: (folder: string) => Promise<T>): Promise<T> {
  if (codes.length === 1) return action(dirname(dataOf(codes[0]) as string));
  const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-ocr-'));
  try {
    for (const code of codes) await copyFile(dataOf(code) as string, join(folder, `${code}.traineddata.gz`));
    return await action(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** LSTM only, with the data of the packages; every path is local, so that nothing is fetched and nothing is stored. */
function worker(): Promise<Worker> {
  const codes = languages();
  starting ??= inOneFolder(codes, (langPath) =>
    createWorker(codes, 1, { langPath, gzip: true, cacheMethod: 'none', errorHandler: () => undefined }),
  ).then(async (made) => {
    // The program's own default leaves out most numbers on a page of text.
    await made.setParameters({ tessedit_pageseg_mode: PSM.AUTO });
    return made;
  });
  return starting;
}

/** The same program compiled to WASM: as exact, as fast, needs nothing installed. */
export const jsTesseract: OcrProgram = {
  name: 'js',
  async read(png, dpi) {
    const reader = await worker();
    await reader.setParameters({ user_defined_dpi: String(dpi) });
    const { data } = await reader.recognize(png, {}, { blocks: true, text: false });
    const words: RecognisedWord[] = [];
    let line = 0;
    for (const block of data.blocks ?? []) {
      for (const paragraph of block.paragraphs) {
        for (const { words: found } of paragraph.lines) {
          for (const { text, bbox, confidence } of found) {
            const place = { left: bbox.x0, top: bbox.y0, right: bbox.x1, bottom: bbox.y1 };
            if (text.trim() !== '') words.push({ text: text.trim(), ...place, trust: confidence / 100, line });
          }
          line++;
        }
      }
    }
    return words;
  },
};

/** Ends the reader's thread; the next page starts a new one. */
export async function closeJsTesseract(): Promise<void> {
  const running = await starting?.catch(() => undefined);
  starting = undefined;
  await running?.terminate();
}
