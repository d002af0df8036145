import type { Box, BoxesByPage, PageText } from '../../contracts';
import type { GatePart } from '../gate/gate-parts';
import type { GateFiles, GateRules, GateShare } from '../gate/verify';
import type { LetterFault } from './compare-pages';
import type { DossierPlan } from './dossier';
import type { HiddenContent } from './hidden-content';
import type { PageHazard } from './page-hazards';
import type { CoverWidth } from './widen-boxes';

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
  /** How wide the covers are drawn. Default `exact`. */
  width?: CoverWidth;
  /** Text to write in white on a box, by page and index of the box: the longest of its forms that fits, if any. */
  labels?: Record<string, (string | undefined)[]>;
  /** Pages (from 0) that become pictures whatever they draw, with or without boxes. */
  rasterise?: readonly number[];
}

/** Why a page became a picture: it cannot be taken apart, how it draws, or what removing did to it. */
export type RasterReason =
  | 'content-unreadable'
  | 'tree-unreadable'
  | PageHazard
  | LetterFault
  | 'drawing-left'
  | 'picture-changed'
  | 'hidden-text-left';

export interface RasterisedPage {
  /** From 0. */
  page: number;
  why: RasterReason;
}

/** What sanitising took away, and the pages that could only be taken over as pictures. */
export interface Cleaned {
  hidden: HiddenContent[];
  rasterised: RasterisedPage[];
}

export interface ChunkOutcome {
  rasterised: RasterisedPage[];
  /** The covers: trimmed where an edge only grazed a neighbouring word, and as wide as the style says. */
  applied: BoxesByPage;
  /** The most pixels outside the boxes that differ on one page at 72 dpi. */
  changedPixels: number;
}

/** Some pages of a file. */
export interface PageRange {
  path: string;
  firstPage: number;
  pages: number;
}

/** Every job of a child process: arguments and result. Files go by path; a message is small or a page's text. */
export interface Jobs {
  pageCount: { args: { pdf: string }; result: number };
  readPages: { args: { pdf: string; pages?: number[] }; result: PageText[] };
  /** Where pictures are drawn, a list a page of the document. */
  pictureBoxes: { args: { pdf: string }; result: Box[][] };
  rasterise: { args: { pdf: string; page: number; options: RasterOptions; out: string }; result: null };
  /** Nothing but the number of pages for a file that is too large for one step. */
  sanitise: { args: { pdf: string; out: string }; result: { pages: number; cleaned?: Cleaned } };
  survey: { args: { pdf: string; repaired?: string }; result: HiddenContent[] };
  sanitisePages: {
    args: { pdf: string; firstPage: number; pages: number; out: string; asPictures?: boolean };
    result: Cleaned;
  };
  redactChunk: {
    args: { pdf: string; firstPage: number; pages: number; out: string; boxes: BoxesByPage; style: RedactStyle };
    result: ChunkOutcome;
  };
  verifyShare: { args: { files: GateFiles; rules: GateRules; share: GateShare }; result: GatePart };
  joinDossier: { args: DossierPlan; result: { pages: number } };
  merge: { args: { parts: PageRange[]; out: string }; result: { pages: number } };
  locate: { args: { pdf: string; terms: string[]; firstPage: number; pages: number }; result: TermHit[] };
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
