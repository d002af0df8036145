import type { Moment } from '../pages/dates';
import type { FieldError } from './page-shell';
import type { StatusTag } from './status-tag';

/** `/sagsbehandling/{id}/fristbrev`: why is the answer late, and when does it come? */
export interface LateNoticePage {
  requestId: string;
  citizen: string;
  deadline: Moment;
  /** Known facts that make a reason concrete: pages, systems, paper that is awaited. */
  facts: string[];
  sent: SentNotice[];
  /** False when the answer has left, or the request was withdrawn. */
  canWrite: boolean;
  form: { begrundelse: string; dato: string };
  errors: FieldError[];
}

export interface SentNotice {
  id: string;
  at: Moment;
  by: string;
  expectedOn: Moment;
  reason: string;
  status: StatusTag;
  error?: string;
  /** The letter as it is sent; absent until it was made. */
  href?: string;
  /** True when it must go by post: the employee writes that it did. */
  waitsForHand: boolean;
}
