import type { Moment } from '../pages/dates';

/** `/arkiv`: is anything wrong? */
export interface RecordsFrontPage {
  problems: { text: string; count: number; href: string; tone: 'attention' | 'problem' }[];
  /** What is wrong with the certificate of Digital Post, and what to do. */
  certificate?: string;
  checkedAt: Moment;
  /** When the log's root was last put outside the machine. */
  rootExportedAt?: Moment;
  /** A place outside the machine is named. */
  isRootExported: boolean;
  month: string;
  figures: { label: string; value: string; before?: string }[];
}
