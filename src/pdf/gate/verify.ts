import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AbsentTerm, BoxesByPage, KeptOccurrence, LeakReport } from '../../contracts';
import { reportOf, sha256Of, type GatePart } from './gate-parts';
import type { ReadBefore } from './read-before';
import { verifyFile } from './verify-file';
import { verifyPages } from './verify-pages';
import { verifyReading } from './verify-reading';

export interface VerifyOptions {
  /** The texts that must be gone. */
  absent: AbsentTerm[];
  /** What was redacted: no text may lie under these boxes. */
  boxes?: BoxesByPage;
  /** Visible occurrences that a decision keeps. */
  kept?: KeptOccurrence[];
  /** Our own labels, the only text allowed inside boxes. */
  labels?: string[];
  /** The file before redaction: the page counts must be equal, and what lies outside the boxes must be the same. */
  original?: Uint8Array;
  /** Accepts the terms in visible text outside the boxes. */
  keepVisibleElsewhere?: boolean;
  /** Pages (from 0) that were turned into pictures; they are always read by OCR. */
  rasterisedPages?: readonly number[];
  /**
   * What a reading program saw on pages of `original`, by page (from 0): a picture that looks the same outside the boxes, and
   * is covered inside them, is judged by that and not read again, unless a term may be left.
   */
  readBefore?: Readonly<Record<string, ReadBefore>>;
  /** Which pages a reading program reads. Default `scans`. */
  reading?: ReadingRule;
}

/**
 * `scans`: scanned and rasterised pages and one page in a hundred of the rest. `sample`: one in a hundred of all, for a file
 * whose scans were read when its parts were made. `none`: no page; the check is skipped.
 */
export type ReadingRule = 'scans' | 'sample' | 'none';

/** The gate's input as files: what a child process is given. */
export interface GateFiles {
  pdf: string;
  original?: string;
}

/** Everything but the bytes: plain data. */
export type GateRules = Omit<VerifyOptions, 'original'>;

/** What one call looks at: the file as a whole, pages from `first` to before `end`, or what a reading program sees on some. */
export type GateShare =
  { kind: 'file' } | { kind: 'pages'; first: number; end: number } | { kind: 'reading'; pages: number[] };

/** One share of the gate's work on one file. Never throws: a share that cannot be done has failed checks. */
export function verifyShare(files: GateFiles, rules: GateRules, share: GateShare): Promise<GatePart> {
  if (share.kind === 'file') return verifyFile(files, rules);
  if (share.kind === 'pages') return verifyPages(files, rules, share.first, share.end);
  return verifyReading(files, rules, share.pages);
}

/**
 * The leak gate: judges a finished PDF with pdf.js, with a scan of its bytes, with its picture and with OCR, none of which
 * took part in redacting. Never throws and fails closed: whatever cannot be read is a failure. The report names terms by
 * index only. Runs in this process; `PdfEngine.verify` runs the same in child processes.
 */
export async function verifyPdf(pdf: Uint8Array, options: VerifyOptions): Promise<LeakReport> {
  const { original, ...rules } = options;
  const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-pdf-'));
  try {
    const files: GateFiles = { pdf: join(folder, 'efter.pdf') };
    await writeFile(files.pdf, pdf, { mode: 0o600 });
    if (original) await writeFile((files.original = join(folder, 'foer.pdf')), original, { mode: 0o600 });
    const whole = await verifyShare(files, rules, { kind: 'file' });
    const pages = await verifyShare(files, rules, { kind: 'pages', first: 0, end: Math.max(1, whole.pages) });
    const read = await verifyShare(files, rules, { kind: 'reading', pages: pages.toRead ?? [] });
    return reportOf(await sha256Of(files.pdf), [pages, read, whole]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
