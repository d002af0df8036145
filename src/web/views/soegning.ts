import type { Moment } from '../pages/dates';

/** A part of the case page: what the search missed, who claims to hold more, and what has come since. */
export interface SearchPart {
  gaps: GapView[];
  systems: ClaimedSystemView[];
  /** Known to hold personal data and not searched; the letter names them. */
  notSearched: string[];
  referrals: string[];
  newItems: NewItemView[];
  /** The sources are being looked through now. */
  isLooking: boolean;
  /** One may look for what is new, and take it in. */
  canLook: boolean;
  lastLooked?: Moment;
  /** What a late notice can say of the amount; absent when little is found. */
  lateNotice?: string;
  /** True while what is said of the search can be changed. */
  canSettle: boolean;
}

export interface GapView {
  id: string;
  source: string;
  sentence: string;
  /** False for what is only told of. */
  isOpen: boolean;
  words?: string;
  isTold: boolean;
}

export interface ClaimedSystemView {
  id: string;
  name: string;
  cases: number;
  documents: number;
  /** One of the sources searches it. */
  isSearched: boolean;
  state: 'open' | 'searched' | 'left_out' | 'hidden';
  words?: string;
}

export interface NewItemView {
  id: string;
  source: string;
  what: string;
  title: string;
  foundAt: Moment;
}

/** What was found by hand in a source without a connector. */
export interface HandSearchView {
  isPaper: boolean;
  orders: PaperOrderView[];
}

export interface PaperOrderView {
  id: string;
  medium: string;
  box: string;
  number: string;
  pagesEstimated: number;
  pagesReceived?: number;
  isOpen: boolean;
}
