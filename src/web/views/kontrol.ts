import type { Moment } from '../pages/dates';
import type { FieldError } from './page-shell';

/** `/sagsbehandling/{id}/kontrol`: what does not fit together over the whole request? */
export interface ChecksPage {
  requestId: string;
  citizen: string;
  isInReview: boolean;
  /** Something is still to be decided: the documents are compared when everything is. */
  undecided: number;
  misfiled: MisfiledView[];
  uneven: UnevenView[];
  settled: { text: string; how: string; by: string; at: Moment; reason?: string }[];
  colleagues: { value: string; label: string }[];
  sample: SampleView | null;
  errors: FieldError[];
}

export interface MisfiledView {
  documentId: string;
  document: string;
  href: string;
  finding: string;
  unit: string;
  asked: { who: string; at: Moment; words: string }[];
}

export interface UnevenView {
  id: string;
  text: string;
  removedAt: { text: string; href: string };
  seenAt: { text: string; href?: string }[];
  seenIn: string;
  /** False when the citizen has got it already. */
  canRemove: boolean;
}

/** The second reading, and what it tells of the rest. */
export interface SampleView {
  population: number;
  drawn: number;
  read: number;
  missed: number;
  sentence: string;
  pages: { pageId: string; text: string; href: string; isRead: boolean; missed: number | null }[];
}
