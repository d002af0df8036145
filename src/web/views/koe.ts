import type { Moment } from '../pages/dates';
import type { PaginationView } from './page-shell';
import type { StatusTag } from './status-tag';

export type QueueScope = 'mine' | 'enhed' | 'alle';

/** `/sagsbehandling?vis=mine|enhed|alle&side=n`: what must be done today. */
export interface QueuePage {
  scope: QueueScope;
  counts: Record<QueueScope, number>;
  rows: QueueRow[];
  pagination?: PaginationView;
}

export interface QueueRow {
  href: string;
  citizen: string;
  caseNumber: string;
  area: string;
  receivedAt: Moment;
  deadline: Moment;
  /** Negative when the deadline has passed. */
  workingDaysLeft: number;
  status: StatusTag;
  /** What keeps it from going on, in a few words; null when nothing does. */
  blocks: string | null;
  owner: string | null;
}
