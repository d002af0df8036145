import type { Evidence, OfficerVerdict, ProgramVerdict } from './points';

export interface SampleAudit {
  id: string;
  periodFrom: string;
  periodTo: string;
  seed: string;
  population: number;
  populationSha256: string;
  drawnBy: string;
  drawnAt: Date;
  wanted: number;
  closedBy: string | null;
  closedAt: Date | null;
  conclusion: string | null;
}

export interface SampleItem {
  id: string;
  auditId: string;
  deliveryId: string;
  requestId: string;
  personRefId: string;
  number: string;
  position: number;
  stratum: string;
}

export interface SampleAnswer {
  itemId: string;
  point: number;
  verdict: OfficerVerdict;
  programVerdict: ProgramVerdict;
  evidence: string[];
  note: string | null;
  answeredBy: string;
  answeredAt: Date;
  followUp: string | null;
  followedUpBy: string | null;
  followedUpAt: Date | null;
}

/** What an officer gave as answer to one point; the program's finding stands beside it. */
export interface GivenAnswer {
  point: number;
  verdict: OfficerVerdict;
  note: string;
}

export interface AuditAnswers {
  given: GivenAnswer[];
  found: Map<number, Evidence>;
}

/** Answers that say `wrong`: what a report is about. */
export function findingsOf(answers: SampleAnswer[]): SampleAnswer[] {
  return answers.filter(({ verdict }) => verdict === 'wrong').sort((a, b) => a.point - b.point);
}
