import type { Moment } from '../pages/dates';
import type { FieldError } from './page-shell';
import type { DeliveryState } from './status-tag';

/** `/arkiv/leverancer?soeg=&status=&vej=&omraade=&fra=&til=&borger=&aeldre=&nyere=`. */
export interface DeliveriesPage {
  filter: { soeg: string; status: string; vej: string; omraade: string; fra: string; til: string; borger: string };
  areas: { value: string; label: string }[];
  channels: { value: string; label: string }[];
  /** The citizen whose deliveries alone are shown. */
  citizen?: { name: string; hrefWithout: string };
  /** "12 leverancer", "mere end 1.000 leverancer". */
  total: string;
  rows: DeliveryRow[];
  newerHref?: string;
  olderHref?: string;
  /** Of the search by CPR number. */
  errors: FieldError[];
}

export interface DeliveryRow {
  href: string;
  approvedAt: Moment;
  sentAt?: Moment;
  citizen: string;
  caseNumber: string;
  channel: string;
  pages: number;
  state: DeliveryState;
  receiptAt?: Moment;
  receipt?: string;
  /** The beginning of the signed manifest's SHA-256. */
  hash: string;
  hasCertificate: boolean;
}
