import type { Moment } from '../pages/dates';
import type { VerificationView } from '../verification/verification';
import type { MessageLine } from '../caseworker/delivery-lines';
import type { FieldError } from './page-shell';

/** `/sagsbehandling/{id}/godkend`: is this signed? Shows the finished package as the citizen will see it. */
export interface ApprovalPage {
  id: string;
  citizen: string;
  caseNumber: string;
  recipientInWords: string;
  /** Of the one who receives; empty: the citizen does. */
  mandateId: string;
  /** `making`: apply, verify and assembly run; `ready`; `stopped`: the gate said no; `sent`: undo is open or over. */
  state: 'making' | 'ready' | 'stopped' | 'sent';
  making?: { text: string; done: number; total: number };
  files: ApprovalFile[];
  manifestSha256?: string;
  verification?: VerificationView;
  /** Pages that no person has looked at. */
  notSeen: { document: string; pages: string; href: string }[];
  /** Pages that no machine could read, with who read them, and pages that became pictures. */
  unread: MachinePage[];
  rasterised: MachinePage[];
  /** Sounds and films, each played to its end by two employees before anything is signed. */
  recordings?: { text: string; href: string; word: string; isReady: boolean }[];
  /** What a second reading tells of what may have been missed, or that nobody has read again. */
  risk?: { text: string; href: string };
  /** `isReader`: the one who reads the page is somebody else than the reviewer and may sign. */
  secondPerson?: { reason: string; approvedBy?: string; isReader?: boolean };
  /** Each sentence says what stops the sending and what to do. */
  blocked: string[];
  /** What happened since it was last approved. */
  notice?: string;
  /** What CPR says that the approver must know; absent when no register of persons is connected. */
  register?: { words: string[]; facts: string; hasAnswered: boolean };
  undoMinutes: number;
  sent?: { by: string; at: Moment; words?: string; canUndoUntil?: Moment; messages?: MessageLine[] };
  errors: FieldError[];
}

/** A page with what the machine could not do, and why. */
export interface MachinePage {
  document: string;
  href: string;
  why: string;
  /** The employee who read the page; absent while nobody has, and for pages that a machine read. */
  readBy?: string;
}

export interface ApprovalFile {
  name: string;
  /** "Brev", "Aktliste", "Samlet pakke". */
  kind: string;
  pages?: number;
  bytes: number;
  sha256: string;
  href: string;
}
