import type { Moment } from '../pages/dates';
import type { FieldError, PaginationView } from './page-shell';

/** `/arkiv/log?hvem=&handling=&anmodning=&fra=&til=&side=`. */
export interface AuditLogPage {
  seal: AuditSealView;
  /** True until the reader has said why: then only the seal and the form are shown. */
  needsReason: boolean;
  reason?: string;
  filter: { hvem: string; handling: string; anmodning: string; fra: string; til: string };
  actions: { value: string; label: string }[];
  entries: AuditEntryRow[];
  pagination?: PaginationView;
  /** Of the reason. */
  errors: FieldError[];
}

export interface AuditSealView {
  state: 'intact' | 'broken' | 'unchecked';
  checkedAt?: Moment;
  /** Number of sealed entries. */
  sealed: number;
  waiting: number;
  root?: string;
  /** "Post 1.204 er ændret efter forseglingen." */
  finding?: string;
}

export interface AuditEntryRow {
  number: number;
  at: Moment;
  who: string;
  action: string;
  what: string;
  whose?: string;
  why?: string;
}
