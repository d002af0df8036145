import { join } from 'node:path';
import { closeOcr, PdfEngine } from '../pdf';
import { type Bench, type Figure, round, withReference } from './bench';
import { readCases } from './detect/labelled-case';
import { onPaper } from './detect/paper';
import { type PageReading, readScans } from './ocr/read-scans';
import { found, type Found } from './ocr/words-found';

const FOLDER = join(__dirname, '../../test/data/cases');
const CASES = 4;
const RESOLUTIONS = [200, 300];

/**
 * How much of a scanned page is read, and what it costs: labelled cases of invented citizens as pictures, clean and worn,
 * read by the machine's Tesseract and by the one from npm.
 */
export const ocrBench: Bench = {
  name: 'ocr',
  about: 'words, numbers and names of scanned pages that are read: npm run bench -- ocr [CASES]',
  async *run([cases]): AsyncIterable<Figure> {
    const texts = spread(
      readCases(FOLDER).map(({ text }) => text),
      Number(cases ?? CASES),
    );
    const papers = await Promise.all(texts.map(onPaper));
    const engine = new PdfEngine({ processes: 1 });
    try {
      for (const isWorn of [false, true])
        for (const dpi of RESOLUTIONS) yield* figures(engine, texts, papers, { dpi, isWorn });
    } finally {
      await engine.close();
      await closeOcr();
    }
  },
};

async function* figures(
  engine: PdfEngine,
  texts: string[],
  papers: Uint8Array[],
  how: { dpi: number; isWorn: boolean },
): AsyncIterable<Figure> {
  const ours = await totals(engine, texts, papers, { ...how, program: 'js' });
  const native = await totals(engine, texts, papers, { ...how, program: 'native' });
  for (const each of [native, ours]) {
    if (!each) continue;
    const what = `${how.isWorn ? 'worn' : 'clean'} scans of ${how.dpi} dpi by ${each.program}`;
    const { words, numbers, pages } = each;
    const detail = { pages, words: words.all, trust: round(each.trust), longNumbers: numbers.all };
    yield { what: `words read on ${what}`, value: percent(words), unit: '%', detail };
    yield { what: `long numbers read on ${what}`, value: percent(numbers), unit: '%', detail: { of: numbers.all } };
    const cost: Figure = { what: `processor time of reading ${what}`, value: round(each.cpu / pages), unit: 's/page' };
    yield each === ours && native ? withReference(cost, 'the same by native', round(native.cpu / pages)) : cost;
  }
}

interface Totals {
  program: string;
  pages: number;
  cpu: number;
  trust: number;
  words: Found;
  numbers: Found;
}

/** Undefined when the program is not on this machine. */
async function totals(
  engine: PdfEngine,
  texts: string[],
  papers: Uint8Array[],
  how: Parameters<typeof readScans>[2],
): Promise<Totals | undefined> {
  const sum: Totals = {
    ...{ program: how.program, pages: 0, cpu: 0, trust: 0 },
    ...{ words: { found: 0, all: 0 }, numbers: { found: 0, all: 0 } },
  };
  const trusts: number[] = [];
  for (const [at, paper] of papers.entries()) {
    const read: PageReading | undefined = await readScans(engine, paper, how);
    if (!read) return undefined;
    const { words, numbers } = found(texts[at], read.text);
    sum.words = added(sum.words, words);
    sum.numbers = added(sum.numbers, numbers);
    sum.pages += read.pages;
    sum.cpu += read.cpu;
    trusts.push(...read.trusts);
  }
  sum.trust = trusts.reduce((total, trust) => total + trust, 0) / trusts.length;
  return sum;
}

function added(a: Found, b: Found): Found {
  return { found: a.found + b.found, all: a.all + b.all };
}

function percent({ found: some, all }: Found): number {
  return round((100 * some) / Math.max(1, all), 4);
}

/** So many of them, evenly from first to last: cases of one author stand together. */
function spread<T>(all: T[], count: number): T[] {
  const step = Math.max(1, all.length / count);
  return Array.from({ length: Math.min(count, all.length) }, (_, at) => all[Math.floor(at * step)]);
}
