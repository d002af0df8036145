import type { Moment } from '../pages/dates';
import type { FieldError } from './page-shell';
import type { StatusTag } from './status-tag';

/** `/arkiv/stikproever`: every sample audit, and the form that draws a new one. */
export interface SampleAuditsPage {
  audits: { href: string; period: string; drawnAt: Moment; drawnBy: string; size: number; status: StatusTag }[];
  form: { fra: string; til: string; antal: string };
  mayDecide: boolean;
  errors: FieldError[];
}

/** `/arkiv/stikproever/{id}`: the draw, how far it is, the findings; the report once it is closed. */
export interface SampleAuditPage {
  id: string;
  period: string;
  draw: {
    seed: string;
    size: number;
    population: number;
    populationSha256: string;
    at: Moment;
    by: string;
    isRepeatable: boolean;
  };
  items: {
    href: string;
    citizen: string;
    caseNumber: string;
    stratum: string;
    answered: number;
    wrong: number;
    status: StatusTag;
  }[];
  /** The eleven points over all deliveries. */
  points: { number: number; title: string; right: number; wrong: number; notRelevant: number; open: number }[];
  findings: SampleFinding[];
  closed?: { at: Moment; by: string; conclusion: string };
  open: number;
  conclusion: string;
  mayDecide: boolean;
  errors: FieldError[];
}

export interface SampleFinding {
  item: string;
  caseNumber: string;
  href: string;
  point: number;
  title: string;
  note: string;
  by: string;
  /** Absent until somebody has followed up. */
  followUp?: { words: string; by: string; at: Moment };
}

/** `/arkiv/stikproever/{id}/leverance/{item}`: the eleven points of one delivery. */
export interface SampleItemPage {
  auditId: string;
  itemId: string;
  citizen: string;
  caseNumber: string;
  deliveryHref: string;
  position: number;
  size: number;
  nextHref?: string;
  isClosed: boolean;
  mayDecide: boolean;
  points: SamplePointView[];
  errors: FieldError[];
}

export interface SamplePointView {
  number: number;
  title: string;
  question: string;
  source: string;
  program: { tag: StatusTag; lines: string[]; href?: string };
  answer: '' | 'right' | 'wrong' | 'not_relevant';
  note: string;
  answered?: { by: string; at: Moment };
}
