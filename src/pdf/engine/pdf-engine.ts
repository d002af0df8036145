import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BoxesByPage, LeakReport, PageText } from '../../contracts';
import { verifyInShares } from '../gate/shares';
import type { GateRules } from '../gate/verify';
import { ChildPool } from './child-pool';
import { PdfError } from './errors';
import type { HiddenContent } from './hidden-content';
import type { ChunkFile, RasterOptions, RedactStyle, TermHit, TextUnderBox } from './jobs';

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
  pages: number;
  /** The boxes as drawn: an edge that only grazed a neighbouring word was drawn back. */
  applied: BoxesByPage;
}

const CHUNK_PAGES = 100;

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

  /** A page (from 0) as a picture file, turned as it is shown. */
  rasterise(pdf: string, page: number, options: RasterOptions): Promise<Buffer> {
    return this.inFolder(async (folder) => {
      const out = join(folder, 'side');
      await this.pool.run('rasterise', { pdf, page, options, out });
      return readFile(out);
    });
  }

  /** See {@link HiddenContent}: writes a document with the pages and what they draw, nothing else. */
  sanitise(pdf: string, out: string): Promise<{ hidden: HiddenContent[]; pages: number }> {
    return this.pool.run('sanitise', { pdf, out });
  }

  /**
   * Removes what lies under the boxes (text, pixels, lines) and covers them. The document must have been sanitised.
   * Boxes by page index, PDF points, origin bottom left of the unrotated page. Throws when a page does not exist.
   */
  redact(pdf: string, out: string, boxes: BoxesByPage, style: RedactStyle = {}): Promise<RedactResult> {
    return this.inFolder(async (folder) => {
      const pagesWithBoxes = Object.keys(boxes)
        .filter((page) => boxes[page].length > 0)
        .map(Number);
      const { pages, chunks } = await this.pool.run('split', {
        pdf,
        folder,
        size: CHUNK_PAGES,
        processes: this.processes,
        pagesWithBoxes,
      });
      const missing = pagesWithBoxes.find((page) => !Number.isInteger(page) || page < 0 || page >= pages);
      if (missing !== undefined)
        throw new PdfError(`There is no page ${missing} (from 0) to redact; the PDF has ${pages} pages.`);
      const result: RedactResult = { rasterisedPages: [], pages, applied: {} };
      const parts = await all(chunks.map((chunk) => this.redactChunk(chunk, boxes, style, result)));
      await this.pool.run('merge', { parts, out });
      result.rasterisedPages.sort((a, b) => a - b);
      return result;
    });
  }

  private async redactChunk(
    chunk: ChunkFile,
    boxes: BoxesByPage,
    style: RedactStyle,
    result: RedactResult,
  ): Promise<string> {
    const own: BoxesByPage = {};
    const labels: NonNullable<RedactStyle['labels']> = {};
    for (let page = 0; page < chunk.pages; page++) {
      const global = String(chunk.firstPage + page);
      if (!boxes[global]?.length) continue;
      own[String(page)] = boxes[global];
      labels[String(page)] = style.labels?.[global] ?? [];
    }
    if (Object.keys(own).length === 0) return chunk.path;
    const out = `${chunk.path}.redigeret`;
    const outcome = await this.pool.run('redactChunk', {
      pdf: chunk.path,
      out,
      boxes: own,
      style: { ...style, labels },
    });
    result.rasterisedPages.push(...outcome.rasterisedPages.map((page) => page + chunk.firstPage));
    for (const [page, list] of Object.entries(outcome.applied))
      result.applied[String(Number(page) + chunk.firstPage)] = list;
    return out;
  }

  /** Every place where a term stands on a page, whatever blanks and signs are between its letters. */
  locate(pdf: string, terms: string[]): Promise<TermHit[]> {
    return this.pool.run('locate', { pdf, terms });
  }

  /** The text under each box. */
  textUnder(pdf: string, boxes: BoxesByPage): Promise<TextUnderBox[]> {
    return this.pool.run('textUnder', { pdf, boxes });
  }

  /** The leak gate of `verifyPdf` in this engine's child processes. */
  verify(pdf: string, rules: GateRules & { original?: string }): Promise<LeakReport> {
    return verifyInShares((args) => this.pool.run('verifyShare', args), pdf, rules);
  }

  /** {@link sanitise} for bytes in memory. */
  sanitiseBytes(pdf: Uint8Array): Promise<{ pdf: Uint8Array; hidden: HiddenContent[]; pages: number }> {
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

/** Waits for every one before it fails, so that no job writes into a folder that is being removed. */
async function all<T>(promises: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
