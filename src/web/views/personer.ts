import type { Moment } from '../pages/dates';
import type { GroundOption } from './gennemgang';
import type { FieldError, LinkView } from './page-shell';

/** `/sagsbehandling/{id}/personer`: who is in the file. */
export interface PersonsPage {
  requestId: string;
  citizen: string;
  caseNumber: string;
  isInReview: boolean;
  persons: PersonLine[];
  change: PersonChange | null;
  grounds: GroundOption[];
  kinds: { value: string; label: string }[];
  errors: FieldError[];
}

export interface PersonLine {
  href: string;
  name: string;
  /** "underretter · beskyttet" */
  part: string;
  isProtected: boolean;
  /** One sentence: how we know. */
  how: string;
  places: number;
  documents: number;
  /** "Fjernes overalt", set when the person is decided everywhere. */
  everywhere?: string;
}

/** `/sagsbehandling/{id}/personer/{nøgle}`: what holds for one person. */
export interface PersonPage {
  requestId: string;
  citizen: string;
  caseNumber: string;
  isInReview: boolean;
  person: PersonLine;
  isRequester: boolean;
  /** Pages on which the person is found; `value` is what a split takes. */
  pages: PageOfPerson[];
  /** The mentions of one page are shown one by one, so that single ones can be split off. */
  showsMentions: boolean;
  /** Value of {@link parts} that fits the person now. */
  chosenPart: string;
  parts: { value: string; label: string }[];
  others: { value: string; label: string }[];
  change: PersonChange | null;
  grounds: GroundOption[];
  errors: FieldError[];
}

export interface PageOfPerson extends LinkView {
  value: string;
  places: number;
  /** Where the mentions of this page are shown one by one; absent where they are, or where there is one only. */
  mentionsHref?: string;
  /** Set on the page whose mentions are shown. */
  mentions?: PersonMention[];
}

export interface PersonMention {
  value: string;
  /** "Navn: … talte med Inga Sand om planen …" */
  text: string;
}

/** The latest change, and what it did. */
export interface PersonChange {
  /** "Birgit Ravn fjernes overalt" */
  what: string;
  /** "34 forslag ændret i 12 dokumenter" */
  effect: string;
  notes: string[];
  by: string;
  at: Moment;
  isUndone: boolean;
}
