import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AbsentTerm, Box, BoxesByPage, LeakReport } from '../contracts';
import type { HiddenContent } from './engine/hidden-content';
import { CHANGED_PIXELS_BOUND } from './engine/compare-pages';
import type { RasterisedPage, RedactStyle, TermHit } from './engine/jobs';
import { labelForms } from './engine/label-forms';
import type { CoverWidth } from './engine/widen-boxes';
import type { PdfEngine, RedactResult } from './engine/pdf-engine';
import type { OcrEngine } from './ocr/read-by-ocr';
import { redactUntilClean } from './redact-until-clean';
import { termsUnderBoxes } from './terms-under-boxes';

export interface RedactDocumentOptions {
  /** Texts that must be gone beside those under the boxes. */
  absent?: AbsentTerm[];
  /** Removes the texts wherever they are seen, on any page. */
  everywhere?: boolean;
  /** Accepts that the texts are seen outside the boxes. */
  keepElsewhere?: boolean;
  labels?: RedactStyle['labels'];
  /** How wide the covers are drawn. Default `exact`. */
  width?: CoverWidth;
  ocr?: OcrEngine;
  temporaryFolder?: string;
}

/** What became of a document. Holds no text of it: places only. */
export interface RedactVerdict {
  verdict: 'pass' | 'fail';
  /** False when the gate found a leak: then there is no file. */
  written: boolean;
  pages: number;
  rasterisedPages: number[];
  /** The same pages, and why each became a picture. */
  rasterised: RasterisedPage[];
  /** What changed outside the boxes: the most pixels on one page that differ at 72 dpi, and how many may. */
  outside: { changedPixels: number; bound: number };
  boxes: number;
  /** Places outside the boxes where the same text was removed. */
  removedElsewhere: { page: number; box: Box; visible: boolean }[];
  /** Places outside the boxes where the same text is still seen. */
  keptElsewhere: { page: number; box: Box }[];
  /** What was hidden in the document and is gone, by kind. */
  hidden: { kind: HiddenContent['kind']; page?: number }[];
  report: LeakReport;
}

/** Sanitises, redacts and verifies one file. The output exists only when the gate has found nothing but text that is seen. */
export async function redactDocument(
  engine: PdfEngine,
  pdf: string,
  out: string,
  boxes: BoxesByPage,
  options: RedactDocumentOptions = {},
): Promise<RedactVerdict> {
  const folder = await mkdtemp(join(options.temporaryFolder ?? tmpdir(), 'aktindsigt-pdf-'));
  try {
    const clean = join(folder, 'renset.pdf');
    const redacted = join(folder, 'redigeret.pdf');
    const { hidden, rasterised: unreadable } = await engine.sanitise(pdf, clean);
    const terms = [...(await termsUnderBoxes(engine, clean, boxes, options.ocr)), ...(options.absent ?? [])];
    const elsewhere = await hitsElsewhere(engine, clean, terms, boxes);
    const removed = elsewhere.filter((hit) => options.everywhere || !hit.visible);
    const all = withHits(boxes, removed);
    const kept = elsewhere.filter((hit) => !removed.includes(hit));
    const style = { labels: options.labels, width: options.width };
    const { result, verdict: judged } = await redactUntilClean(
      async (rasterise) => withPictures(await engine.redact(clean, redacted, all, { ...style, rasterise }), unreadable),
      (made) =>
        judge(engine, {
          pdf: redacted,
          original: clean,
          terms,
          result: made,
          options,
          isSeen: kept.length > 0,
        }),
    );
    const { verdict, written, report } = judged;
    if (written) await copyFile(redacted, out);
    return {
      verdict,
      written,
      report,
      pages: result.pages,
      rasterisedPages: result.rasterisedPages,
      rasterised: result.rasterised,
      outside: { changedPixels: result.changedPixels, bound: CHANGED_PIXELS_BOUND },
      boxes: count(boxes),
      removedElsewhere: removed.flatMap(({ page, visible, boxes: list }) =>
        list.map((box) => ({ page, box, visible })),
      ),
      keptElsewhere: kept.flatMap(({ page, boxes: list }) => list.map((box) => ({ page, box }))),
      hidden: hidden.map(({ kind, page }) => (page === undefined ? { kind } : { kind, page })),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Redacted {
  pdf: string;
  original: string;
  terms: AbsentTerm[];
  result: RedactResult;
  options: RedactDocumentOptions;
  /** True when a text that must be gone is still seen outside the boxes. */
  isSeen: boolean;
}

type Judged = Pick<RedactVerdict, 'verdict' | 'written' | 'report'> & { decisive?: LeakReport };

/** Text that is seen elsewhere fails the verdict unless it is accepted, but the file is good but for that. */
async function judge(engine: PdfEngine, { pdf, original, terms, result, options, isSeen }: Redacted): Promise<Judged> {
  const labels = Object.values(options.labels ?? {})
    .flat()
    .filter((label): label is string => label !== undefined)
    .flatMap(labelForms);
  const { applied: boxes, rasterisedPages } = result;
  const check = (keepVisibleElsewhere: boolean) =>
    engine.verify(pdf, { original, absent: terms, boxes, rasterisedPages, labels, keepVisibleElsewhere });
  const report = await check(options.keepElsewhere === true);
  if (report.verdict === 'pass') return { verdict: 'pass', written: true, report };
  if (!isSeen || options.keepElsewhere) return { verdict: 'fail', written: false, report };
  const decisive = await check(true);
  return { verdict: 'fail', written: decisive.verdict === 'pass', report, decisive };
}

async function hitsElsewhere(
  engine: PdfEngine,
  pdf: string,
  terms: AbsentTerm[],
  boxes: BoxesByPage,
): Promise<TermHit[]> {
  if (terms.length === 0) return [];
  const hits = await engine.locate(
    pdf,
    terms.map((term) => term.text),
  );
  return hits.filter((hit) => !hit.boxes.every((box) => isCovered(box, boxes[String(hit.page)] ?? [])));
}

function isCovered(box: Box, covers: readonly Box[]): boolean {
  const area = (box[2] - box[0]) * (box[3] - box[1]);
  return covers.some((cover) => {
    const width = Math.min(box[2], cover[2]) - Math.max(box[0], cover[0]);
    const height = Math.min(box[3], cover[3]) - Math.max(box[1], cover[1]);
    return width > 0 && height > 0 && width * height >= area * 0.5;
  });
}

function withHits(boxes: BoxesByPage, hits: readonly TermHit[]): BoxesByPage {
  const all: BoxesByPage = Object.fromEntries(Object.entries(boxes).map(([page, list]) => [page, [...list]]));
  for (const hit of hits) (all[String(hit.page)] ??= []).push(...hit.boxes.map(inset));
  return all;
}

/** A letter's box reaches into its neighbours' and into the lines above and below; its middle is enough to remove it. */
function inset([x0, y0, x1, y1]: Box): Box {
  const [side, height] = [Math.min(0.3, (x1 - x0) / 10), (y1 - y0) * 0.12];
  return [x0 + side, y0 + height, x1 - side, y1 - height];
}

/** Pages that were pictures before they were redacted are pictures still. */
function withPictures(result: RedactResult, unreadable: readonly RasterisedPage[]): RedactResult {
  const rasterised = [...unreadable, ...result.rasterised.filter(({ page }) => !isAmong(page, unreadable))];
  rasterised.sort((a, b) => a.page - b.page);
  return { ...result, rasterised, rasterisedPages: rasterised.map(({ page }) => page) };
}

function isAmong(page: number, pages: readonly RasterisedPage[]): boolean {
  return pages.some((each) => each.page === page);
}

function count(boxes: BoxesByPage): number {
  return Object.values(boxes).reduce((sum, list) => sum + list.length, 0);
}
