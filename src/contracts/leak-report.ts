import type { Box } from './geometry';

/** One check of the gate. `place` tells where without telling what: never the secret itself. */
export interface LeakFinding {
  check: string;
  engine: string;
  /** From 0; absent when the place has no page (metadata, an unreachable object). */
  page?: number;
  box?: Box;
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

/** The gate's answer on one file. `pass` only when every compulsory check ran and found nothing. */
export interface LeakReport {
  verdict: 'pass' | 'fail';
  pages: number;
  sha256: string;
  checks: LeakCheck[];
  findings: LeakFinding[];
}

/** A decision that keeps exactly this visible occurrence of a text. */
export interface KeptOccurrence {
  page: number;
  box: Box;
}

/** A text that must be gone. */
export interface AbsentTerm {
  text: string;
  type?: string;
}
