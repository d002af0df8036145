import type { Moment } from '../pages/dates';
import type { StatusTag } from './status-tag';

/** `/mine-sager`: what the municipality has on the citizen. Protected cases are not in it, nor in any sum. */
export interface OwnCasesPage {
  areas: { area: string; cases: OwnCaseCard[] }[];
  requests: OwnRequestRow[];
  /** What could not be shown just now, and why; while one is listed the page never says "nothing". */
  unavailable: { source: string; why: string }[];
  newRequestHref: string;
}

export interface OwnCaseCard {
  title: string;
  caseNumber?: string;
  status: StatusTag;
  lastEvent?: { text: string; at: Moment };
  decider: string;
  nextDate?: { text: string; day: Moment };
  requestHref: string;
  correctionHref?: string;
}

export interface OwnRequestRow {
  href: string;
  title: string;
  receivedAt: Moment;
  status: StatusTag;
  /** The day that stands in the receipt; absent when decided. */
  deadline?: Moment;
}
