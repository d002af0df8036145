import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BoxesByPage } from '../contracts';
import { PdfEngine } from '../pdf';
import { type Bench, type Figure, round, seconds, withReference } from './bench';
import { cpuSeconds } from './process-family';
import { withPeakMemory } from './resident-memory';

const PAGES = [100, 1000];
const BOXES_A_PAGE = 20;
const PROCESSES = 2;
const run = promisify(execFile);
/** In a process of its own: the memory of typesetting is not that of redacting. */
const WRITES_PAGES = 'require(process.argv[1]).writeTaggedPages(process.argv[2], Number(process.argv[3]))';

/**
 * Tagged pages with 20 boxes each through sanitise, redact and verify. The time of a clock says what a caseworker waits; the
 * time of the processor stays the same when the machine is busy with other work, so ratios are also told of it. Further numbers of pages by argument
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
  await run(process.execPath, ['-e', WRITES_PAGES, join(__dirname, 'tagged-pages.js'), source, String(pages)]);
  let boxes: BoxesByPage = {};
  const { result, peakBytes } = await withPeakMemory(async () => {
    const sanitise = await timed(() => engine.sanitise(source, clean));
    boxes = await twentyAPage(engine, clean);
    let redacted = { rasterised: [] as unknown[], changedPixels: 0, applied: boxes };
    const redact = await timed(async () => (redacted = await engine.redact(clean, out, boxes)));
    let verdict = '';
    const verify = await timed(async () => {
      const rules = { absent: [], boxes: redacted.applied, original: clean };
      verdict = (await engine.verify(out, rules)).verdict;
    });
    return { sanitise, redact, verify, verdict, redacted };
  });
  const { sanitise, redact, verify } = result;
  const all = sanitise.seconds + redact.seconds + verify.seconds;
  const cpu = sanitise.cpu + redact.cpu + verify.cpu;
  const detail = {
    ...{ pages, processes: PROCESSES, sanitiseSeconds: round(sanitise.seconds), redactSeconds: round(redact.seconds) },
    ...{ verifySeconds: round(verify.seconds), verdict: result.verdict, rasterised: result.redacted.rasterised.length },
    ...{ changedPixels: result.redacted.changedPixels, megabytes: round((await stat(out)).size / 2 ** 20) },
  };
  const what = `${pages} tagged pages sanitised, redacted and verified`;
  const figure: Figure = { what, value: round(pages / all), unit: 'pages/s', detail };
  const cpuFigure: Figure = {
    ...{ what: `processor time of ${what}`, value: round((1000 * cpu) / pages), unit: 'ms/page' },
    detail: { sanitise: perPage(sanitise, pages), redact: perPage(redact, pages), verify: perPage(verify, pages) },
  };
  const mutool = await timesOfMutool(source, join(folder, 'mutool.pdf'));
  const reference = 'mutool clean -gggg of the same file';
  yield mutool === undefined ? figure : withReference(figure, reference, round(pages / mutool.seconds));
  yield mutool === undefined ? cpuFigure : withReference(cpuFigure, reference, perPage(mutool, pages));
  yield { what: `memory of all processes, ${pages} pages`, value: Math.round(peakBytes / 2 ** 20), unit: 'MiB' };
  const mupdf = process.env.MUPDF_MODULE;
  if (mupdf) yield* besideMuPdf({ folder, clean, boxes, pages, mupdf, ours: redact });
}

interface Times {
  /** By the clock, and of the processor in all processes. */
  seconds: number;
  cpu: number;
}

async function timed(work: () => Promise<unknown>): Promise<Times> {
  let passed = 0;
  const cpu = await cpuSeconds(async () => (passed = await seconds(work)));
  return { seconds: passed, cpu };
}

/** Milliseconds of the processor. */
function perPage({ cpu }: Times, pages: number): number {
  return round((1000 * cpu) / pages);
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

async function timesOfMutool(source: string, out: string): Promise<Times | undefined> {
  try {
    return await timed(() => run('mutool', ['clean', '-gggg', source, out]));
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
  ours: Times;
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

async function* besideMuPdf({ folder, clean, boxes, pages, mupdf, ours }: MuPdfRun): AsyncIterable<Figure> {
  const list = join(folder, 'boxes.json');
  await writeFile(list, JSON.stringify(boxes));
  const args = ['--input-type=module', '-e', MUPDF_SCRIPT, mupdf, clean, join(folder, 'mupdf.pdf'), list];
  const theirs = await timed(() => run(process.execPath, args));
  const what = `redaction alone of ${pages} pages`;
  const reference = 'MuPDF, the same boxes, one process, unverified';
  const figure = { what, value: round(pages / ours.seconds), unit: 'pages/s' };
  yield withReference(figure, reference, round(pages / theirs.seconds));
  const cpuFigure = { what: `processor time of ${what}`, value: perPage(ours, pages), unit: 'ms/page' };
  yield withReference(cpuFigure, reference, perPage(theirs, pages));
}
