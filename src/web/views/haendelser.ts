import type { Moment } from '../pages/dates';
import type { FieldError } from './page-shell';

/** `/arkiv/haendelser`: which possible breaches are being assessed, and how long is left? */
export interface BreachesPage {
  open: OpenBreach[];
  concluded: { document: string; outcome: string; by: string; at: Moment; conclusion: string }[];
  errors: FieldError[];
}

export interface OpenBreach {
  id: string;
  /** "Dokument 8 i anmodning 2026-0003"; never what it says or whose it is. */
  document: string;
  unit: string;
  startedBy: string;
  noticedAt: Moment;
  dueAt: Moment;
  /** "61 timer tilbage", "fristen er overskredet". */
  left: string;
  isLate: boolean;
}
