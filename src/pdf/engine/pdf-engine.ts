import { statSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Box, BoxesByPage, LeakReport, PageText } from '../../contracts';
import { verifyInShares } from '../gate/shares';
import type { GateRules } from '../gate/verify';
import { ChildPool } from './child-pool';
import type { DossierPlan } from './dossier';
import { PdfDamagedError, PdfError } from './errors';
import type { HiddenContent } from './hidden-content';
import type { Jobs, PageRange, RasterisedPage, RasterOptions, RedactStyle, TermHit, TextUnderBox } from './jobs';
import { CHUNK_PAGES, ownBoxes, rangesOf } from './page-ranges';

export interface PdfEngineOptions {
  /** Child processes at most. Default: one a core. */
  processes?: number;
  /** Time a job may take before it is stopped, in milliseconds. Default two minutes. */
  timeoutMs?: number;
  /** Resident memory a child may use before it is stopped. Default 1 GiB. */
  maxResidentBytes?: number;
  /** Where temporary folders (mode 0700) are made and removed. Default: the system's. */
  temporaryFolder?: string;
}

export interface RedactResult {
  /** Pages (from 0) that were turned into pictures because their content could not be removed cleanly. */
  rasterisedPages: number[];
  /** The same pages, and why. */
  rasterised: RasterisedPage[];
  pages: number;
  /** The boxes as drawn: an edge that only grazed a neighbouring word was drawn back, and then as wide as the style says. */
  applied: BoxesByPage;
  /** The most pixels outside the boxes that differ from before on one page at 72 dpi; pages made pictures not counted. */
  changedPixels: number;
}

export interface SanitiseResult {
  hidden: HiddenContent[];
  pages: number;
  /** Pages that could be shown but not taken apart, and became pictures. */
  rasterised: RasterisedPage[];
}

/** So many bytes of a file may be scanned in the time of one job. */
const TIME_BYTES = 64 * 2 ** 20;

interface LargeFile {
  pdf: string;
  out: string;
  pages: number;
  folder: string;
  /** Where to write the file anew first. */
  repaired?: string;
  /** No page is taken apart. */
  asPictures?: boolean;
}

/**
 * Reads, draws, sanitises and redacts PDF files with PDFium in child processes whose time and memory are watched. A
 * document that makes a child hang, grow or die costs that child, never the caller: the job is tried once more on a fresh
 * child and then refused with a typed error ({@link PdfError} and its kinds).
 */
export class PdfEngine {
  private readonly pool: ChildPool;
  private readonly processes: number;
  private readonly temporaryFolder: string;

  constructor(options: PdfEngineOptions = {}) {
    this.processes = Math.max(1, options.processes ?? availableParallelism());
    this.pool = new ChildPool(this.processes, {
      timeoutMs: options.timeoutMs ?? 120_000,
      maxResidentBytes: options.maxResidentBytes ?? 2 ** 30,
    });
    this.temporaryFolder = options.temporaryFolder ?? tmpdir();
  }

  pageCount(pdf: string): Promise<number> {
    return this.pool.run('pageCount', { pdf });
  }

  /** Words with boxes (PDF points, the page's own user space) of all pages or of the given ones (from 0). */
  async readPages(pdf: string, options: { pages?: number[] } = {}): Promise<PageText[]> {
    const pages = options.pages ?? Array.from({ length: await this.pageCount(pdf) }, (_, index) => index);
    const parts: Promise<PageText[]>[] = [];
    for (let at = 0; at < pages.length; at += CHUNK_PAGES) {
      parts.push(this.pool.run('readPages', { pdf, pages: pages.slice(at, at + CHUNK_PAGES) }));
    }
    return (await all(parts)).flat();
  }

  /** Where pictures are drawn (PDF points, the page's own user space), a list a page. */
  pictureBoxes(pdf: string): Promise<Box[][]> {
    return this.pool.run('pictureBoxes', { pdf });
  }

  /** A page (from 0) as a picture file, turned as it is shown. */
  rasterise(pdf: string, page: number, options: RasterOptions): Promise<Buffer> {
    return this.inFolder(async (folder) => {
      const out = join(folder, 'side');
      await this.pool.run('rasterise', { pdf, page, options, out });
      return readFile(out);
    });
  }

  /** See {@link HiddenContent}: writes a document with the pages and what they draw, nothing else. */
  async sanitise(pdf: string, out: string): Promise<SanitiseResult> {
    const { pages, cleaned } = await this.pool.run('sanitise', { pdf, out });
    if (cleaned) return { pages, ...cleaned };
    return this.inFolder(async (folder) => {
      const inPieces = (way: Partial<LargeFile> = {}) => this.sanitiseInPieces({ pdf, out, pages, folder, ...way });
      const unlessDamaged = (next: () => Promise<SanitiseResult>) => (error: unknown) => {
        if (!(error instanceof PdfDamagedError)) throw error;
        return next();
      };
      return inPieces()
        .catch(unlessDamaged(() => inPieces({ repaired: join(folder, 'repareret.pdf') })))
        .catch(unlessDamaged(() => inPieces({ asPictures: true })));
    });
  }

  private async sanitiseInPieces(large: LargeFile): Promise<SanitiseResult> {
    const { pdf, out, pages, folder, repaired, asPictures = false } = large;
    const hidden = asPictures ? [] : await this.pool.run('survey', { pdf, repaired }, timesFor(pages));
    const rasterised: RasterisedPage[] = [];
    const ranges = rangesOf(repaired ?? pdf, pages, this.processes);
    const parts = await all(
      ranges.map(async ({ path, ...range }) => {
        const part = { ...range, path: join(folder, `renset-${range.firstPage}.pdf`) };
        const cleaned = await this.pool.run('sanitisePages', { pdf: path, ...range, out: part.path, asPictures });
        hidden.push(...cleaned.hidden);
        rasterised.push(...cleaned.rasterised);
        return { ...part, firstPage: 0 };
      }),
    );
    await this.pool.run('merge', { parts, out }, timesFor(pages));
    return { hidden, pages, rasterised: rasterised.sort((a, b) => a.page - b.page) };
  }

  /**
   * Removes what lies under the boxes (text, pixels, lines) and covers them. The document must have been sanitised.
   * Boxes by page index, PDF points, origin bottom left of the unrotated page. Throws when a page does not exist.
   */
  redact(pdf: string, out: string, boxes: BoxesByPage, style: RedactStyle = {}): Promise<RedactResult> {
    return this.inFolder(async (folder) => {
      const pages = await this.pageCount(pdf);
      const missing = Object.keys(boxes)
        .filter((page) => boxes[page].length > 0)
        .map(Number)
        .find((page) => !Number.isInteger(page) || page < 0 || page >= pages);
      if (missing !== undefined)
        throw new PdfError(`There is no page ${missing} (from 0) to redact; the PDF has ${pages} pages.`);
      const result: RedactResult = { rasterisedPages: [], rasterised: [], pages, applied: {}, changedPixels: 0 };
      const ranges = rangesOf(pdf, pages, this.processes);
      const parts = await all(ranges.map((range) => this.redactRange(range, folder, boxes, style, result)));
      await this.pool.run('merge', { parts, out }, timesFor(pages));
      result.rasterised.sort((a, b) => a.page - b.page);
      result.rasterisedPages = result.rasterised.map(({ page }) => page);
      return result;
    });
  }

  private async redactRange(
    range: PageRange,
    folder: string,
    boxes: BoxesByPage,
    style: RedactStyle,
    result: RedactResult,
  ): Promise<PageRange> {
    const own = ownBoxes(range, boxes, style);
    if (Object.keys(own.boxes).length === 0) return range;
    const { firstPage, pages } = range;
    const out = join(folder, `redigeret-${firstPage}.pdf`);
    const outcome = await this.pool.run('redactChunk', { pdf: range.path, firstPage, pages, out, ...own });
    result.rasterised.push(...outcome.rasterised.map(({ page, why }) => ({ page: page + firstPage, why })));
    for (const [page, list] of Object.entries(outcome.applied)) result.applied[String(Number(page) + firstPage)] = list;
    result.changedPixels = Math.max(result.changedPixels, outcome.changedPixels);
    return { path: out, firstPage: 0, pages };
  }

  /** Every place where a term stands on a page, whatever blanks and signs are between its letters. */
  async locate(pdf: string, terms: string[]): Promise<TermHit[]> {
    const ranges = rangesOf(pdf, await this.pageCount(pdf), this.processes);
    const hits = ranges.map(({ firstPage, pages }) => this.pool.run('locate', { pdf, terms, firstPage, pages }));
    return (await all(hits)).flat();
  }

  /** The text under each box. */
  async textUnder(pdf: string, boxes: BoxesByPage): Promise<TextUnderBox[]> {
    const pages = Object.keys(boxes);
    const parts: Promise<TextUnderBox[]>[] = [];
    for (let at = 0; at < pages.length; at += CHUNK_PAGES) {
      const own = Object.fromEntries(pages.slice(at, at + CHUNK_PAGES).map((page) => [page, boxes[page]]));
      parts.push(this.pool.run('textUnder', { pdf, boxes: own }));
    }
    return (await all(parts)).flat();
  }

  /**
   * Joins files that this engine or Typst wrote into one, with frames around marked places, a stamp below each page,
   * bookmarks and attached files. It is written page by page: its size does not decide how much memory it takes.
   */
  joinDossier(plan: DossierPlan): Promise<{ pages: number }> {
    const pages = plan.parts.reduce((sum, part) => sum + part.pages, 0);
    return this.pool.run('joinDossier', plan, timesFor(pages));
  }

  /** The leak gate of `verifyPdf` in this engine's child processes. */
  verify(pdf: string, rules: GateRules & { original?: string }): Promise<LeakReport> {
    return verifyInShares((args) => this.pool.run('verifyShare', args, timesOf(args)), pdf, rules);
  }

  /** {@link sanitise} for bytes in memory. */
  sanitiseBytes(pdf: Uint8Array): Promise<SanitiseResult & { pdf: Uint8Array }> {
    return this.throughFiles(pdf, async (input, out) => ({
      ...(await this.sanitise(input, out)),
      pdf: await readFile(out),
    }));
  }

  /** {@link redact} for bytes in memory. */
  redactBytes(
    pdf: Uint8Array,
    boxes: BoxesByPage,
    style: RedactStyle = {},
  ): Promise<RedactResult & { pdf: Uint8Array }> {
    return this.throughFiles(pdf, async (input, out) => ({
      ...(await this.redact(input, out, boxes, style)),
      pdf: await readFile(out),
    }));
  }

  /** {@link readPages} for bytes in memory. */
  readBytes(pdf: Uint8Array): Promise<PageText[]> {
    return this.throughFiles(pdf, (input) => this.readPages(input));
  }

  private throughFiles<T>(pdf: Uint8Array, action: (input: string, out: string) => Promise<T>): Promise<T> {
    return this.inFolder(async (folder) => {
      const input = join(folder, 'ind.pdf');
      await writeFile(input, pdf, { mode: 0o600 });
      return action(input, join(folder, 'ud.pdf'));
    });
  }

  private async inFolder<T>(action: (folder: string) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(this.temporaryFolder, 'aktindsigt-pdf-'));
    try {
      return await action(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Ends all child processes. Jobs under way are refused. */
  close(): Promise<void> {
    return this.pool.close();
  }
}

/** A job over a whole document may take longer, the more pages it has. */
function timesFor(pages: number): number {
  return Math.ceil(pages / 1000);
}

/** A share of some pages takes as long in any file; what looks at the whole file takes longer, the larger it is. */
function timesOf({ files, share }: Jobs['verifyShare']['args']): number {
  return share.kind === 'file' ? 1 + Math.floor(statSync(files.pdf).size / TIME_BYTES) : 1;
}

/** Waits for every one before it fails, so that no job writes into a folder that is being removed. */
async function all<T>(promises: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
