import type { Moment } from '../pages/dates';
import type { FieldError } from './page-shell';
import type { StatusTag } from './status-tag';

/** `/sagsbehandling/{id}/klager`: who has complained over what, and what must be done? */
export interface ComplaintsPage {
  requestId: string;
  citizen: string;
  caseNumber: string;
  complaints: ComplaintLine[];
  files: AppealFileLine[];
  /** Absent for those who only read. */
  register?: ComplaintFormView;
  /** Set when a file can be made now. */
  orderHref?: string;
  errors: FieldError[];
}

export interface ComplaintLine {
  href: string;
  /** "Klage 1 over dokument 4". */
  title: string;
  receivedOn: Moment;
  status: StatusTag;
  body: string;
  /** While the municipality must act. */
  dueOn?: Moment;
}

/** `/arkiv/klager`: which complaints have no outcome yet? */
export interface OpenComplaintsPage {
  complaints: ComplaintLine[];
}

export interface AppealFileLine {
  href: string;
  recipient: string;
  dueOn: Moment;
  orderedAt: Moment;
  orderedBy: string;
  status: StatusTag;
}

export interface ChoiceView {
  value: string;
  label: string;
  hint?: string;
}

/** The same for an employee who registers and a citizen who complains. */
export interface ComplaintFormView {
  /** The same form sent twice is one complaint. */
  key: string;
  subjects: ChoiceView[];
  documents: ChoiceView[];
  cameBy: ChoiceView[];
  form: ComplaintDraft;
}

export interface ComplaintDraft {
  om?: string;
  dokument?: string;
  side?: string;
  klage?: string;
  modtaget?: string;
  vej?: string;
  partsrepraesentant?: string;
}

/** `/sagsbehandling/{id}/klager/{klage}`: where is this complaint, and what is next? */
export interface ComplaintPage {
  requestId: string;
  id: string;
  citizen: string;
  title: string;
  status: StatusTag;
  facts: { label: string; value: string }[];
  /** Null when nothing was written, or it was deleted. */
  words: string | null;
  statement: string | null;
  steps: { title: string; state: 'done' | 'now' | 'coming' | 'problem'; at?: Moment; text?: string }[];
  /** The one thing to do now; absent when it is over, or for those who only read. */
  next?: 'body' | 'reassess' | 'forward' | 'outcome';
  /** Who hears it, when it is known. */
  body: string | null;
  bodies: string[];
  outcomes: ChoiceView[];
  today: string;
  canWithdraw: boolean;
  /** Files made for this complaint. */
  files: AppealFileLine[];
  canOrder: boolean;
  form: { udtalelse?: string; resultat?: string };
  errors: FieldError[];
}

/** `/sagsbehandling/{id}/klagesag`: what shall the file hold, and who gets it? */
export interface AppealOrderPage {
  requestId: string;
  citizen: string;
  recipients: ChoiceView[];
  complaints: ChoiceView[];
  /** Places that can be opened alone. */
  places: { document: string; choices: ChoiceView[] }[];
  form: {
    modtager: string;
    navn: string;
    sagsnummer: string;
    frist: string;
    udtalelse: string;
    klage: string;
    omfang: string;
    steder: string[];
  };
  errors: FieldError[];
}

/** `/sagsbehandling/{id}/klagesag/{fil}`: is the file ready, what is in it, and who has fetched it? */
export interface AppealFilePage {
  requestId: string;
  id: string;
  citizen: string;
  recipient: string;
  status: StatusTag;
  facts: { label: string; value: string }[];
  sha256?: string;
  isMade: boolean;
  isDeleted: boolean;
  isWaiting: boolean;
  error?: string;
  isUnredacted: boolean;
  canAct: boolean;
  downloads: { at: Moment; who: string; reason: string }[];
  form: { begrundelse: string };
  errors: FieldError[];
}

/** `/klager/ny`: what are you dissatisfied with? */
export interface NewComplaintPage extends ComplaintFormView {
  requestId: string;
  requestHref: string;
  caseNumber: string;
  isAnswered: boolean;
  errors: FieldError[];
}

/** A complaint as the citizen sees it. */
export interface OwnComplaint {
  title: string;
  receivedOn: Moment;
  status: StatusTag;
  /** Where it is, in plain words. */
  where: string;
}
