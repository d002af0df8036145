import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BoxesByPage } from '../contracts';
import { PdfEngine } from '../pdf';
import { type Bench, type Figure, round, seconds, withReference } from './bench';
import { withPeakMemory } from './resident-memory';
import { writeTaggedPages } from './tagged-pages';

const PAGES = [100, 1000];
const BOXES_A_PAGE = 20;
const PROCESSES = 2;
const run = promisify(execFile);

/**
 * Tagged pages with 20 boxes each through sanitise, redact and verify. Further numbers of pages by argument
 * (`npm run bench -- redact 10000`). With `MUPDF_MODULE` (the folder of the npm package `mupdf`, which is AGPL and no part
 * of this project) MuPDF redacts the same boxes in the same run.
 */
export const redactBench: Bench = {
  name: 'redact',
  about: `tagged pages of about 2,500 letters with ${BOXES_A_PAGE} boxes each, cleaned, redacted and verified`,
  async *run(args): AsyncIterable<Figure> {
    const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-bench-'));
    const engine = new PdfEngine({ processes: PROCESSES, timeoutMs: 600_000 });
    try {
      for (const pages of args.length > 0 ? args.map(Number) : PAGES) yield* measure(engine, folder, pages);
    } finally {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function* measure(engine: PdfEngine, folder: string, pages: number): AsyncIterable<Figure> {
  const [source, clean, out] = ['kilde', 'renset', 'redigeret'].map((name) => join(folder, `${name}-${pages}.pdf`));
  await writeTaggedPages(source, pages);
  let boxes: BoxesByPage = {};
  const { result, peakBytes } = await withPeakMemory(async () => {
    const sanitise = await seconds(() => engine.sanitise(source, clean));
    boxes = await twentyAPage(engine, clean);
    let redacted = { rasterised: [] as unknown[], changedPixels: 0, applied: boxes };
    const redact = await seconds(async () => (redacted = await engine.redact(clean, out, boxes)));
    let verdict = '';
    const verify = await seconds(async () => {
      const rules = { absent: [], boxes: redacted.applied, original: clean };
      verdict = (await engine.verify(out, rules)).verdict;
    });
    return { sanitise, redact, verify, verdict, redacted };
  });
  const all = result.sanitise + result.redact + result.verify;
  const detail = {
    ...{ pages, processes: PROCESSES, sanitiseSeconds: round(result.sanitise), redactSeconds: round(result.redact) },
    ...{ verifySeconds: round(result.verify), verdict: result.verdict, rasterised: result.redacted.rasterised.length },
    ...{ changedPixels: result.redacted.changedPixels, megabytes: round((await stat(out)).size / 2 ** 20) },
  };
  const what = `${pages} tagged pages sanitised, redacted and verified`;
  const figure: Figure = { what, value: round(pages / all), unit: 'pages/s', detail };
  const mutool = await secondsOfMutool(source, join(folder, 'mutool.pdf'));
  yield mutool === undefined
    ? figure
    : withReference(figure, 'mutool clean -gggg of the same file', round(pages / mutool));
  yield { what: `memory of all processes, ${pages} pages`, value: Math.round(peakBytes / 2 ** 20), unit: 'MiB' };
  const mupdf = process.env.MUPDF_MODULE;
  if (mupdf) yield await besideMuPdf({ folder, clean, boxes, pages, mupdf, ours: pages / result.redact });
}

/** Every so-manieth word of four letters or more. */
async function twentyAPage(engine: PdfEngine, pdf: string): Promise<BoxesByPage> {
  const boxes: BoxesByPage = {};
  for (const { index, words } of await engine.readPages(pdf)) {
    const long = words.filter((word) => word.text.length > 3);
    const step = Math.max(1, Math.floor(long.length / BOXES_A_PAGE));
    const chosen = long.filter((_, at) => at % step === 0).slice(0, BOXES_A_PAGE);
    boxes[String(index)] = chosen.map((word) => word.box);
  }
  return boxes;
}

async function secondsOfMutool(source: string, out: string): Promise<number | undefined> {
  try {
    return await seconds(() => run('mutool', ['clean', '-gggg', source, out]));
  } catch {
    return undefined;
  }
}

interface MuPdfRun {
  folder: string;
  clean: string;
  boxes: BoxesByPage;
  pages: number;
  /** The folder of the package. */
  mupdf: string;
  ours: number;
}

/** In a process of its own: redaction annotations on the clean file, applied, saved. */
const MUPDF_SCRIPT = `
const [mupdfPath, input, output, boxesPath] = process.argv.slice(1);
const mupdf = await import(mupdfPath + '/dist/mupdf.js');
const fs = await import('node:fs');
const boxes = JSON.parse(fs.readFileSync(boxesPath, 'utf8'));
const document = mupdf.Document.openDocument(fs.readFileSync(input), 'application/pdf');
for (const [index, list] of Object.entries(boxes)) {
  const page = document.loadPage(Number(index));
  const height = page.getBounds()[3];
  for (const [x0, y0, x1, y1] of list) page.createAnnotation('Redact').setRect([x0, height - y1, x1, height - y0]);
  page.applyRedactions(true, 2, 1, 0);
}
fs.writeFileSync(output, document.saveToBuffer('garbage=4,compress').asUint8Array());
`;

async function besideMuPdf({ folder, clean, boxes, pages, mupdf, ours }: MuPdfRun): Promise<Figure> {
  const list = join(folder, 'boxes.json');
  await writeFile(list, JSON.stringify(boxes));
  const args = ['--input-type=module', '-e', MUPDF_SCRIPT, mupdf, clean, join(folder, 'mupdf.pdf'), list];
  const theirs = await seconds(() => run(process.execPath, args));
  const figure = { what: `redaction alone of ${pages} pages`, value: round(ours), unit: 'pages/s' };
  return withReference(figure, 'MuPDF, the same boxes, one process, unverified', round(pages / theirs));
}
