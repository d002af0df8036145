import type { Moment } from '../pages/dates';
import type { FieldError } from './page-shell';
import type { StatusTag } from './status-tag';

/** `/arkiv/haendelser`: which breaches are open, which are being assessed, and how long is left? */
export interface BreachesPage {
  incidents: IncidentLine[];
  canAct: boolean;
  open: OpenBreach[];
  concluded: { document: string; outcome: string; by: string; at: Moment; conclusion: string }[];
  errors: FieldError[];
}

export interface IncidentLine {
  href: string;
  /** "Hændelse 3". */
  name: string;
  cause: string;
  status: StatusTag;
  noticedAt: Moment;
  dueAt: Moment;
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
  /** The incident that it has become; then it is dealt with there. */
  incident?: { href: string; name: string };
}
