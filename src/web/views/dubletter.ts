import type { Moment } from '../pages/dates';
import type { FieldError, LinkView } from './page-shell';

/** `/sagsbehandling/{id}/dubletter`: which documents are the same? */
export interface DuplicatesPage {
  requestId: string;
  citizen: string;
  isInReview: boolean;
  /** To be looked at: nearly the same, or quoted whole in a later mail. */
  proposed: RelatedPair[];
  together: RelatedPair[];
  /** Decided on one by one though they are alike. */
  apart: RelatedPair[];
  errors: FieldError[];
}

export interface RelatedPair {
  id: string;
  /** "samme fil", "samme tekst", "97 % ens", "citeret i sin helhed". */
  how: string;
  copy: RelatedDocument;
  standing: RelatedDocument;
  compareHref: string;
  decided?: { by: string; at: Moment };
}

/** A document with where it was found: nothing of that is lost when two are put together. */
export interface RelatedDocument extends LinkView {
  /** "vores sagssystem (SBSYS), sag 27.24.00-G01-1-24" */
  found: string;
  date?: Moment;
}

/** `/sagsbehandling/{id}/dubletter/{relation}`: where do the two differ? */
export interface ComparisonPage {
  requestId: string;
  citizen: string;
  pair: RelatedPair;
  isInReview: boolean;
  isTogether: boolean;
  /** The texts one after the other; `only` says in which of the two a passage stands alone. Long equal ones are shortened. */
  passages: { text: string; only: 'copy' | 'standing' | null }[];
  isSame: boolean;
}
