import type { Moment } from '../pages/dates';
import type { FieldError } from './page-shell';
import type { StatusTag } from './status-tag';

/** `/arkiv/logudtraek`: extracts of the log, and the form that prepares one. */
export interface LogExtractsPage {
  extracts: {
    href: string;
    citizen: string;
    period: string;
    preparedAt: Moment;
    preparedBy: string;
    status: StatusTag;
  }[];
  form: { fra: string; til: string };
  mayDecide: boolean;
  errors: FieldError[];
}

/** `/arkiv/logudtraek/{id}`: the lines, and what an employee decides about them. */
export interface LogExtractPage {
  id: string;
  citizen: string;
  period: string;
  preparedAt: Moment;
  preparedBy: string;
  status: StatusTag;
  lines: (LogExtractLine & { id: string; isLeftOut: boolean })[];
  decided?: { by: string; at: Moment; reason?: string; isGiven: boolean };
  mayDecide: boolean;
  reason: string;
  errors: FieldError[];
}

/** A line as the citizen reads it. */
export interface LogExtractLine {
  when: string;
  who: string;
  what: string;
  why: string;
}
