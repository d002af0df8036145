import type { Moment } from '../pages/dates';
import type { PaginationView } from './page-shell';
import type { DeliveryState } from './status-tag';

/** `/arkiv/leverancer?soeg=&status=&fra=&til=&side=`. */
export interface DeliveriesPage {
  filter: { soeg: string; status: string; fra: string; til: string };
  total: number;
  rows: DeliveryRow[];
  pagination?: PaginationView;
}

export interface DeliveryRow {
  href: string;
  sentAt: Moment;
  citizen: string;
  caseNumber: string;
  channel: string;
  pages: number;
  state: DeliveryState;
  messageUUID: string;
  receiptAt?: Moment;
}
