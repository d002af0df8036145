import type { ConversionInput } from './conversion-job';
import type { ConversionResult, Isolation, UnreadableReason } from './conversion-result';
import type { OfficeTarget } from './libre-office';
import type { ConversionLimits } from './limits';
import type { ReadingPage } from './reading';

/** What a conversion in a process of its own is given; files go by path. */
export interface ConversionTask {
  /** A folder of mode 0700 that the caller removes. */
  workFolder: string;
  /** Whose file it is: an office program that served one holder never sees another's. */
  holder?: string;
  municipality?: string;
  limits?: Partial<ConversionLimits>;
}

export interface OfficeCall {
  documentPath: string;
  extension: string;
  target: OfficeTarget;
  outPath: string;
  timeoutMs: number;
}

/** What an office program answered. `failed` is its own fault or the document's, `broken` is neither's. */
export type OfficeReply =
  | { ending: 'done'; isolation: Isolation }
  | { ending: 'unreadable'; reason: UnreadableReason }
  | { ending: 'failed' | 'broken'; message: string };

/** Pages of text to be put after a PDF. */
export interface AppendTask {
  pdfPath: string;
  outPath: string;
  page: ReadingPage;
}

/** `office` tells which kind of office program there is to call. */
export type ToChild =
  | { kind: 'convert'; input: ConversionInput; task: ConversionTask; office: 'none' | 'lays-out' | 'modernises' }
  | { kind: 'append'; task: AppendTask }
  | { kind: 'office-reply'; reply: OfficeReply };

export type FromChild =
  | { kind: 'result'; result: ConversionResult }
  | { kind: 'appended' }
  | { kind: 'error'; message: string }
  | { kind: 'office-call'; call: OfficeCall };
