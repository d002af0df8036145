import type { Box, BoxesByPage, PageText } from '../../contracts';
import type { GatePart } from '../gate/gate-parts';
import type { GateFiles, GateRules, GateShare } from '../gate/verify';
import type { HiddenContent } from './hidden-content';

export interface RasterOptions {
  /** Dots per inch, 10 to 600. */
  dpi: number;
  format: 'png' | 'jpeg';
}

/** A text found on a page: where, and whether a reader sees it. */
export interface TermHit {
  page: number;
  /** Index into the list of terms. */
  term: number;
  /** One box per line that the hit runs over. */
  boxes: Box[];
  /** False when nothing is drawn there: white on white, outside the page, transparent. */
  visible: boolean;
}

/** The text that lies under one box, whole letters only. */
export interface TextUnderBox {
  page: number;
  box: number;
  text: string;
}

export interface RedactStyle {
  /** Red, green, blue from 0 to 1. Default black. */
  fill?: readonly [number, number, number];
  /** Text to write in white on a box, by page and index of the box, when it fits. */
  labels?: Record<string, (string | undefined)[]>;
}

export interface ChunkOutcome {
  /** Indices within the chunk of the pages that became pictures. */
  rasterisedPages: number[];
  /** Boxes as applied: trimmed where an edge only grazed a neighbouring word. */
  applied: BoxesByPage;
}

export interface ChunkFile {
  path: string;
  firstPage: number;
  pages: number;
}

/** Every job of a child process: arguments and result. Files go by path; a message is small or a page's text. */
export interface Jobs {
  pageCount: { args: { pdf: string }; result: number };
  readPages: { args: { pdf: string; pages?: number[] }; result: PageText[] };
  rasterise: { args: { pdf: string; page: number; options: RasterOptions; out: string }; result: null };
  sanitise: { args: { pdf: string; out: string }; result: { hidden: HiddenContent[]; pages: number } };
  split: {
    args: { pdf: string; folder: string; size: number; processes: number; pagesWithBoxes: number[] };
    result: { pages: number; chunks: ChunkFile[] };
  };
  redactChunk: { args: { pdf: string; out: string; boxes: BoxesByPage; style: RedactStyle }; result: ChunkOutcome };
  merge: { args: { parts: string[]; out: string }; result: { pages: number } };
  locate: { args: { pdf: string; terms: string[] }; result: TermHit[] };
  verifyShare: { args: { files: GateFiles; rules: GateRules; share: GateShare }; result: GatePart };
  textUnder: { args: { pdf: string; boxes: BoxesByPage }; result: TextUnderBox[] };
}

export type JobName = keyof Jobs;

export interface JobRequest {
  id: number;
  name: JobName;
  args: unknown;
}

export type JobReply =
  { id: number; ok: true; result: unknown } | { id: number; ok: false; error: { name: string; message: string } };
