import type { Moment } from '../pages/dates';
import type { VerificationView } from '../verification/verification';
import type { DeliveryState, StatusTag } from './status-tag';

/** `/arkiv/leverancer/{id}`: the whole story of one delivery. */
export interface DeliveryPage {
  id: string;
  /** False for one who reads only. */
  canAct: boolean;
  /** Complaints over it, and the file for an appeal body. */
  complaints: { href: string; lines: { title: string; status: StatusTag; href: string }[] };
  citizen: string;
  caseNumber: string;
  state: DeliveryState;
  channel: string;
  decidedBy: string;
  approvedBy: string;
  approvedAt: Moment;
  manifestSha256: string;
  /** None for an answer that was handed over and never sent. */
  messages: { name: string; messageUUID: string; sha256: string; bytes: number; state: string }[];
  /** Set when an employee handed the answer over in another way than Digital Post. */
  handedOver?: { by: string; at: Moment; statement: string };
  /** Request, gathering, decision, and what was found afterwards. */
  background: DeliveryBackground;
  files: { name: string; pages?: number; bytes: number; sha256: string }[];
  verification: { verdict: 'pass' | 'fail'; checks: number; at: Moment };
  /** The gate's whole report on what was sent. */
  report?: VerificationView;
  attempts: { at: Moment; outcome: string; detail?: string }[];
  receipts: { at: Moment; status: string; transmissionId?: string; error?: string; raw: string }[];
  journal: { kind: string; state: string; at?: Moment; journalId?: string }[];
  story: { at: Moment; text: string; who?: string }[];
}

export interface DeliveryBackground {
  request: { receivedAt: Moment; deadline: Moment; scope: string };
  sources: string[];
  decision: {
    outcome: string;
    round: number;
    documents?: { full: number; partial: number; withheld: number; outside: number; duplicates: number };
    grounds: string[];
  };
  certificateSha256?: string;
  findings: { at: Moment; text: string; href: string }[];
}
