import type { Moment } from '../pages/dates';
import type { FieldError } from './page-shell';

/** `/arkiv/sletning`: what is deleted, what is kept, and why? */
export interface RetentionPage {
  months: number;
  /** The newest plan; null before the first. */
  plan: RetentionPlanView | null;
  holds: HoldView[];
  causes: { value: string; label: string }[];
  /** False for those who read only. */
  canAct: boolean;
  errors: FieldError[];
}

export interface RetentionPlanView {
  id: string;
  sha256: string;
  plannedAt: Moment;
  plannedBy: string;
  approvedAt?: Moment;
  approvedBy?: string;
  going: RetentionLine[];
  staying: RetentionLine[];
  /** True until every request of an approved plan is done. */
  isRunning: boolean;
}

export interface RetentionLine {
  number: string;
  endedAt?: Moment;
  /** "bliver slettet", "slettet i dag kl. 10.14: 41 filer og tekster", "skånet: …". */
  outcome: string;
  contents: number;
}

export interface HoldView {
  id: string;
  requestId: string;
  number: string;
  cause: string;
  note: string;
  by: string;
  at: Moment;
}
