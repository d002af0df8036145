import type { PackageFileKind } from '../../decisions/package-file.entity';
import type { Moment } from '../pages/dates';
import type { DocumentOutcome } from './status-tag';

/** `/anmodninger/{id}/svar`: what the citizen got. Reasons are the letter's, never the detector's. */
export interface AnswerPage {
  requestHref: string;
  caseNumber: string;
  decidedAt: Moment;
  /** "Du får aktindsigt i 38 dokumenter. I 12 …". */
  outcome: string;
  approver: string;
  files: AnswerFile[];
  documents: AnswerDocument[];
  removed: RemovedKind[];
  /** One per legal basis, in the letter's words; none when everything was given. */
  complaints: { about: string; text: string }[];
  complaintHref?: string;
  correctionHref?: string;
  /** A protected case's documents are never in the numbers. */
  earlierAnswers: { href: string; at: Moment }[];
}

export interface AnswerFile {
  kind: PackageFileKind | 'other';
  name: string;
  href: string;
  bytes: number;
  pages?: number;
  sha256: string;
  /** "del 2 af 3", where there are several of the kind. */
  part?: string;
  /** For those who do not see the page. */
  isReading?: boolean;
  isCertificate?: boolean;
}

export interface AnswerDocument {
  number: string;
  date?: Moment;
  title: string;
  /** "Brev til dig", "Notat". */
  type: string;
  pages: number;
  outcome: DocumentOutcome;
  /** "forvaltningslovens § 15 b, nr. 5". */
  provisions: string[];
  /** Page of the assembled package, from 1. */
  packagePage?: number;
  /** Which of several packages, from 1; absent when there is one. */
  packagePart?: number;
  readHref?: string;
}

export interface RemovedKind {
  provision: string;
  /** What kind of information, only where the kind itself reveals nothing. */
  kind?: string;
  /** 0 when whole documents were withheld. */
  passages: number;
  /** The approved letter's own words. */
  reason: string;
}
