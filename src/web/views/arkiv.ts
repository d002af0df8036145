import type { Moment } from '../pages/dates';

/** `/arkiv`: is anything wrong? */
export interface RecordsFrontPage {
  problems: { text: string; count: number; href: string; tone: 'attention' | 'problem' }[];
  checkedAt: Moment;
  month: string;
  figures: { label: string; value: string; before?: string }[];
}
