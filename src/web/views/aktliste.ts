import type { Moment } from '../pages/dates';
import type { FieldError } from './page-shell';

/** `/sagsbehandling/{id}/aktliste`: the list of documents out to Excel and back. */
export interface ListExchangePage {
  requestId: string;
  citizen: string;
  documents: number;
  /** The review is open: a list can be used. */
  canUse: boolean;
  /** The list that came back, and what it would change or has changed. */
  preview?: ListPreview;
  errors: FieldError[];
}

export interface ListPreview {
  id: string;
  /** Tells this preview from that of another day. */
  fingerprint: string;
  usedAt?: Moment;
  changes: { document: string; href: string; words: string }[];
  refused: ListRemark[];
  notes: ListRemark[];
  unchanged: number;
  missing: string[];
}

export interface ListRemark {
  row?: number;
  words: string;
}
