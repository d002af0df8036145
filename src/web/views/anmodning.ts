import type { Moment } from '../pages/dates';
import type { OwnComplaint } from './klager';
import type { LinkView } from './page-shell';
import type { StatusTag } from './status-tag';

/** `/anmodninger/{id}`: where the request is, and when the answer comes. */
export interface RequestPage {
  id: string;
  caseNumber: string;
  progress: RequestProgress;
  receivedAt: Moment;
  wording: string;
  understanding: string;
  deliveryInWords: string;
  letters: (LinkView & { at: Moment })[];
  /** Set once the decision is sent. */
  answerHref?: string;
  writeHref?: string;
  canWithdraw: boolean;
  complaints: OwnComplaint[];
  /** Set when there is something to complain over: an answer, or a deadline that has gone by. */
  complaintHref?: string;
}

/** The part that changes while one looks; `/anmodninger/{id}/forloeb` sends it again as a fragment. */
export interface RequestProgress {
  id: string;
  status: StatusTag;
  /** The whole state in one sentence. */
  sentence: string;
  /** The legal date; absent when decided or withdrawn. */
  deadline?: Moment;
  /** Only from a signed late notice: no other date beyond day 7 is shown. */
  lateNotice?: { newDate: Moment; reason: string };
  steps: TimelineStep[];
  /** Before the decision without titles and counts. */
  sources: { text: string; status: StatusTag }[];
  isLive: boolean;
  updatedAt: Moment;
}

export interface TimelineStep {
  title: string;
  state: 'done' | 'now' | 'coming' | 'problem';
  at?: Moment;
  text?: string;
}
