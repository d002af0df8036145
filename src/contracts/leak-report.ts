import type { Box } from './geometry';

/** One check of the gate. `place` tells where without telling what: never the secret itself. */
export interface LeakFinding {
  check: string;
  engine: string;
  /** From 0; absent when the place has no page (metadata, an unreachable object). */
  page?: number;
  box?: Box;
  /** Pages (from 0) that draw with the object in which it was found. */
  usedOn?: number[];
  /** A whole English sentence for staff and logs. */
  message: string;
  /** Index into the list of terms, never the term. */
  term?: number;
}

export interface LeakCheck {
  name: string;
  engine: string;
  version: string;
  verdict: 'pass' | 'fail' | 'skipped';
  /** Why it was skipped. */
  reason?: string;
}

/** A text that must be gone and was seen on a page: a leak, or an occurrence that a stored decision keeps. */
export interface JudgedHit {
  check: string;
  /** From 0. */
  page: number;
  box?: Box;
  /** Index into the list of terms, never the term. */
  term: number;
  verdict: 'leak' | 'kept';
  /** The decision that keeps it; absent when the caller accepts visible text without one. */
  decision?: KeepDecision;
}

/** The gate's answer on one file. `pass` only when every compulsory check ran and found nothing. */
export interface LeakReport {
  verdict: 'pass' | 'fail';
  pages: number;
  sha256: string;
  checks: LeakCheck[];
  findings: LeakFinding[];
  /** Every hit in visible text and how it was judged; the first few thousand. */
  judged?: JudgedHit[];
}

/** Who decided that an occurrence stays, and about whom. Ids only. */
export interface KeepDecision {
  id: string;
  /** Key of the person in the request's register; absent when nobody was named. */
  person?: string;
  /** The employee's id. */
  decidedBy: string;
  /** ISO 8601. */
  decidedAt: string;
}

/** A decision that keeps exactly this visible occurrence of a text. */
export interface KeptOccurrence {
  page: number;
  box: Box;
  decision?: KeepDecision;
}

/** A text that must be gone. */
export interface AbsentTerm {
  text: string;
  type?: string;
}
