import type { FieldError, LinkView } from './page-shell';
import type { DocumentState, StatusTag } from './status-tag';

/** `/sagsbehandling/{id}/gennemgang/{dok}/{side}`: what on this page must go. Pages count from 1 in addresses. */
export interface ReviewPage {
  requestId: string;
  citizen: string;
  workingDaysLeft: number;
  document: ReviewDocument;
  documents: ReviewDocumentLink[];
  page: ReviewPageImage;
  proposals: ReviewProposal[];
  /** Grounds that fit the document's basis; nothing else can be chosen. */
  grounds: GroundOption[];
  /** Grounds under which a whole document can be withheld. */
  wholeDocumentGrounds: GroundOption[];
  kinds: { value: string; label: string }[];
  parties: { name: string; role: string; isProtected: boolean; href: string }[];
  progress: { undecidedOnPage: number; undecidedInDocument: number; undecidedInRequest: number; unreadPages: number };
  previousPageHref?: string;
  nextPageHref?: string;
  nextUndecidedHref?: string;
  canUndo: boolean;
  /** True when every proposal of the request is decided: the button "Afslut gennemgangen" is shown. */
  canClose: boolean;
  savedAt?: Date | string;
  errors: FieldError[];
}

export interface ReviewDocument {
  id: string;
  number: string;
  title: string;
  pages: number;
  basisInWords: string;
  notes: string[];
  withheld?: { groundText: string; reason: string };
  /** The document is not covered by the request. */
  isOutside?: boolean;
  /** Why the file on this page cannot be shown, and what to do. */
  unreadable?: string;
  /** Where a shut file is tried once more, while the request is in review. */
  openAgainHref?: string;
  /** The page of a sound or a film in the file. */
  recordingHref?: string;
  /** What lay hidden in the file: kind and text, for the caseworker's eye. */
  hidden?: { kind: string; text: string }[];
}

export interface ReviewDocumentLink extends LinkView {
  number: string;
  state: DocumentState;
  undecided: number;
  isCurrent: boolean;
}

/** `width` and `height` are points of the page as it is shown (turned); boxes have the same unit, origin top left. */
export interface ReviewPageImage {
  number: number;
  width: number;
  height: number;
  /** Absent when the file cannot be opened. */
  imageHref?: string;
  /** Text of the page for those who cannot see the picture. */
  text: string;
  reading: 'text' | 'ocr' | 'unread';
  /** Why no machine could read it, with its measure of trust. */
  unreadReason?: string;
  /** Set when the page became a picture in the finished file. */
  rasterisedReason?: string;
  isSeen: boolean;
}

export interface ShownBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

export type ProposalState = 'proposed' | 'remove' | 'keep';

export interface ReviewProposal {
  id: string;
  boxes: ShownBox[];
  state: ProposalState;
  /** What the program proposes; a passage that a person added has none. */
  suggestion?: 'remove' | 'keep';
  /** What: "Navn". */
  kind: string;
  /** The text itself, for the caseworker's eye. */
  text: string;
  /** Whose: "Birgit R., underretter"; null when nobody is meant. */
  person: string | null;
  /** Why, for staff. */
  reason: string;
  /** What was decided on the same words before, for staff with rights to the area. */
  earlier?: string;
  isProtected: boolean;
  needsSecondPerson: boolean;
  groundId: string | null;
  /** "Lone Krogh i dag kl. 10.14", set when decided. */
  decidedBy?: string;
}

export interface GroundOption {
  id: string;
  /** "§ 15 b, nr. 5 – private interesser". */
  label: string;
}

/** The JSON answer to a decision that the browser sent by itself (`accept: application/json`). */
export interface DecisionAnswer {
  state: ProposalState;
  /** The fragment `parts/status` of {@link proposalStatus}. */
  statusHtml: string;
  /** "3 uafklarede på siden". */
  pageStatus: string;
  /** "10.14". */
  savedAt: string;
}

const proposalWords: Record<ProposalState, StatusTag> = {
  proposed: { word: 'Foreslået', tone: 'attention' },
  remove: { word: 'Fjernes', tone: 'done' },
  keep: { word: 'Beholdes', tone: 'neutral' },
};

export const proposalStatus = (state: ProposalState): StatusTag => proposalWords[state];

/** What stands over the list of proposals. */
export function undecidedInWords(undecided: number): string {
  if (undecided === 0) return 'Alt på siden er afklaret';
  return `${undecided} ${undecided === 1 ? 'uafklaret' : 'uafklarede'} på siden`;
}
