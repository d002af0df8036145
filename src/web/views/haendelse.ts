import type { IncidentCause, Severity } from '../../delivery/incidents/incident.entity';
import type { Moment } from '../pages/dates';
import type { FieldError } from './page-shell';
import type { DeliveryState, StatusTag } from './status-tag';

export interface ChoiceView {
  value: string;
  label: string;
  hint?: string;
}

/** `/arkiv/haendelser/ny`: what happened, and who noticed it when? */
export interface NewIncidentPage {
  /** "leverancen til Clara Overby Sand, 2026-0003"; absent when it is opened by hand. */
  from?: string;
  /** The clock of an assessment runs already: then no moment is asked for. */
  noticedAt?: Moment;
  causes: ChoiceView[];
  form: { leverance: string; brud: string; aarsag: string; hvad: string; hvem: string; dag: string; kl: string };
  errors: FieldError[];
}

/** The head of every page about one incident. */
export interface IncidentHead {
  id: string;
  /** "Hændelse 3". */
  name: string;
  status: StatusTag;
  /** "61 timer tilbage", "Fristen er overskredet". */
  left: string;
  dueAt: Moment;
  isOpen: boolean;
  canAct: boolean;
}

/** `/arkiv/haendelser/{id}`: what is missing before it can be closed? */
export interface IncidentPage {
  head: IncidentHead;
  cause: string;
  what: string;
  noticedBy: string;
  noticedAt: Moment;
  openedBy: string;
  openedAt: Moment;
  steps: IncidentStep[];
  /** The first that is not done; absent when all are. */
  next?: { title: string; href: string };
  assessment: {
    severity?: Severity;
    severityInWords?: string;
    persons: string;
    records: string;
    kinds: string[];
    kindsInWords: string;
  };
  severities: ChoiceView[];
  kinds: ChoiceView[];
  deliveries: IncidentDeliveryView[];
  letters: { name: string; status: StatusTag }[];
  notification?: string;
  informing?: string;
  comments: { words: string; by: string; at: Moment }[];
  /** What stands in the way of closing; empty: it can be closed. */
  missing: string[];
  closed?: { by: string; at: Moment; conclusion: string };
  errors: FieldError[];
}

export interface IncidentStep {
  title: string;
  state: 'done' | 'now' | 'coming';
  href: string;
}

export interface IncidentDeliveryView {
  id: string;
  href: string;
  citizen: string;
  number: string;
  state: DeliveryState;
  at: Moment;
  /** "siderne 3–5", "hele svaret". */
  pages: string;
  canStop: boolean;
  isStopped: boolean;
}

/** `/arkiv/haendelser/hvem`: who got which page? */
export interface WhoGotPage {
  /** The incident that what is found can be added to. */
  incident?: { id: string; name: string };
  form: { slags: string; anmodning: string; dokument: string; side: string; aftryk: string; begrundelse: string };
  /** Absent before anything was looked for. */
  found?: { sentence: string; isMore: boolean; rows: HolderView[] };
  canAct: boolean;
  errors: FieldError[];
}

export interface HolderView {
  deliveryId: string;
  href: string;
  citizen: string;
  number: string;
  at: Moment;
  channel: string;
  state: DeliveryState;
  document: string;
  pages: string;
  /** "3, 4, 5", as the form sends it on. */
  pageNumbers: string;
  why: string;
}

/** `/arkiv/haendelser/{id}/breve`: who is to know? */
export interface IncidentLettersPage {
  head: IncidentHead;
  /** Recipients who have no letter yet. */
  recipients: { deliveryId: string; name: string; pages: string }[];
  persons: { key: string; name: string; role: string; note?: string; canBeWrittenTo: boolean }[];
  letters: IncidentLetterView[];
  informing?: string;
  canDecideInforming: boolean;
  isHighRisk: boolean;
  form: { cpr: string; navn: string; underretning: string };
  errors: FieldError[];
}

export interface IncidentLetterView {
  id: string;
  to: string;
  kind: string;
  status: StatusTag;
  text: string;
  by: string;
  at: Moment;
  approved?: string;
  error?: string;
  isDraft: boolean;
  waitsForHand: boolean;
  href?: string;
}

/** `/arkiv/haendelser/{id}/datatilsynet`: is Datatilsynet told, or why not? */
export interface NotificationPage {
  head: IncidentHead;
  parts: { part: string; title: string; provision: string; text: string }[];
  versions: { version: number; by: string; at: Moment }[];
  /** "Anmeldt den …", "Ikke anmeldt: …". */
  outcome?: string;
  isLowRisk: boolean;
  canDecide: boolean;
  form: { kvittering: string; anmeldt: string; kl: string; forsinket: string; begrundelse: string };
  errors: FieldError[];
}

export type { IncidentCause };
