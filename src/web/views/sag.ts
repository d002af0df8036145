import type { LegalBasis } from '../../law';
import type { Moment } from '../pages/dates';
import type { LinkView } from './page-shell';
import type { HandSearchView, SearchPart } from './soegning';
import type { DocumentState, SourceState, StatusTag } from './status-tag';

/** `/sagsbehandling/{id}`: where the request stands, with one next step as the main button. */
export interface CaseworkPage {
  id: string;
  citizen: string;
  caseNumber: string;
  status: StatusTag;
  receivedAt: Moment;
  wording: string;
  understanding: string;
  /** Who receives, and whether that can still be changed; `href`: the paper by which another than the citizen does. */
  mandate: { canChange: boolean; words: string; href?: string };
  deliveryInWords: string;
  basisInWords: string;
  owner: string | null;
  clock: { deadline: Moment; workingDaysLeft: number; day14: Moment; day40: Moment; promised?: Moment };
  next: NextStep;
  sources: CaseworkSource[];
  balance: BalanceSheet;
  search: SearchPart;
  parties: CaseworkParty[];
  documents: CaseworkDocument[];
  findings: Finding[];
  /** Documents that are a copy, a version or a quoted part of another one. */
  alike: number;
  letters: (LinkView & { at: Moment })[];
  /** Registered over this request. */
  complaints: number;
  events: { at: Moment; text: string; who?: string }[];
  /** The cases that the documents come from; each has its own basis. */
  cases: CaseworkCase[];
  bases: { value: string; label: string }[];
  isInReview: boolean;
  /** True while a finished package waits: opening the review again voids it. */
  canReopen: boolean;
  /** True while the answer could not be delivered digitally: an employee hands it over and attests it. */
  canHandOver: boolean;
  /** Proposals of the whole request that nobody has decided. */
  undecided: number;
}

export interface CaseworkCase {
  id: string;
  number: string;
  title: string;
  unit: string;
  basis: LegalBasis;
  /** Whether the citizen may know that the case exists; `proposed` must be decided. */
  existence: 'open' | 'proposed' | 'protected';
  /** Why it is proposed or hidden; for staff only. */
  existenceReason: string | null;
  /** Found by a number that only a jurist may say is the citizen's. */
  isHeld: boolean;
  /** The citizen sees its title and count before the decision. */
  isReleased: boolean;
  canRelease: boolean;
}

/** `method: 'post'` is a form with nothing but the CSRF field. `href` is absent while one only can wait. */
export interface NextStep {
  label: string;
  explanation: string;
  method: 'get' | 'post';
  href?: string;
}

export interface CaseworkSource {
  id: string;
  name: string;
  state: SourceState;
  searchedAt?: Moment;
  coverage: string;
  listed: number;
  /** Says who the citizen is or who claims to hold cases; has no documents of its own. */
  holdsNoRecords: boolean;
  /** The cause in words for staff; set when `state` is `failed`. */
  error?: string;
  /** While an employee searches it by hand: what was ordered, and that files can be laid in. */
  byHand?: HandSearchView;
  /** A named employee may decide to answer without it. */
  canLeaveOut: boolean;
}

/** Every listed item ends somewhere: `listed` equals the sum of the rest. */
export interface BalanceSheet {
  listed: number;
  rows: { label: string; count: number }[];
  sources: SourceAccount[];
  /** False while a source has not given what it has: nothing is said of the sum then. */
  isComplete: boolean;
  isEven: boolean;
}

/** One source's part of the account. */
export interface SourceAccount {
  name: string;
  /** What the source says there is; null where it does not say. */
  claimed: number | null;
  listed: number;
  inside: number;
  /** Decided on. */
  settled: number;
  isEven: boolean;
}

export interface CaseworkParty {
  name: string;
  role: string;
  /** "egne oplysninger", "tredjemand", "beskyttet" … */
  access: string;
  isProtected: boolean;
}

export interface CaseworkDocument {
  id: string;
  number: string;
  date?: Moment;
  title: string;
  type: string;
  pages: number;
  state: DocumentState;
  /** "ikke læst", "læsekonvertering", "beskadiget", "kræver adgangskode" … */
  notes: { text: string; tone: 'info' | 'attention' | 'problem' }[];
  undecided: number;
  reviewHref?: string;
}

export interface Finding {
  text: string;
  documentHref?: string;
  /** Set when one can say here whether the document belongs to the citizen. */
  documentId?: string;
  tone: 'attention' | 'problem';
}
