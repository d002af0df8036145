import type { MachinePage } from './godkend';
import type { FieldError } from './page-shell';
import type { DocumentOutcome } from './status-tag';

/** `/sagsbehandling/{id}/afgoerelse`: what is decided, and why. */
export interface DecisionPage {
  id: string;
  citizen: string;
  workingDaysLeft: number;
  grounds: DecisionGround[];
  meroffentlighed: { text: string; isNeeded: boolean };
  /** True when labels tell which removed words are about the same person. */
  linkedLabels: boolean;
  /** The letter as it grows. */
  letter: { title: string; paragraphs: { heading?: string; text: string }[] };
  documents: {
    number: string;
    title: string;
    outcome: DocumentOutcome;
    /** Something in it is still to be decided: the outcome is not known yet. */
    isOpen?: boolean;
    provisions: string[];
    reviewHref: string;
  }[];
  /** What keeps the package from being made, each with what to do. */
  missing: { text: string; href?: string }[];
  /** Pages that no machine could read: nothing is proposed on them, so somebody must read them. */
  unread: MachinePage[];
  errors: FieldError[];
}

/** The field of a ground's consideration is `hensyn_{groundId}`. */
export interface DecisionGround {
  groundId: string;
  provision: string;
  title: string;
  passages: number;
  documents: number;
  consideration: string;
  example: string;
  isNeeded: boolean;
}
