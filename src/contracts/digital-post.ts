export type ReceiptStatus = 'RECEIVED' | 'COMPLETED' | 'INVALID' | 'NOT_ALLOWED';

/** A receipt as NgDP gives it, with the exact text it came as. */
export interface DigitalPostReceipt {
  receiptId: string;
  transmissionId?: string;
  messageUUID: string;
  messageId?: string;
  status: ReceiptStatus;
  errorCode?: string;
  errorMessage?: string;
  /** ISO, UTC. */
  at: string;
  raw: string;
}

export interface MemoFile {
  /** `application/pdf` … */
  mediaType: string;
  fileName: string;
  /** Two letters: `da`. */
  language: string;
  content: Uint8Array;
}

export interface MemoDocument {
  label: string;
  files: MemoFile[];
}

/** What a message to a citizen says; the writer turns it into MeMo 1.2. */
export interface MemoMessage {
  /** UUID version 4, made once and stored before the first attempt. */
  messageUUID: string;
  messageId?: string;
  /** Shown outside the login: no personal data. */
  label: string;
  notification?: string;
  sender: { cvr: string; label: string };
  recipient: { cpr: string; label?: string };
  caseId?: { id: string; system: string };
  /** ISO, UTC. */
  createdAt: string;
  mainDocument: MemoDocument;
  additionalDocuments: MemoDocument[];
}

/** `unknown`: a timeout or a broken connection; the same bytes are sent again, or a receipt tells. */
export type SendOutcome =
  | { state: 'accepted'; transmissionId?: string; raw: string }
  | { state: 'refused'; code: string; message: string; raw: string }
  | { state: 'unknown'; message: string; retryAfterMs?: number };

export type Registration = 'registered' | 'exempt' | 'closed' | 'not_found';

/** The road to Digital Post; NgDP REST today, SF1601 by a later adapter. */
export interface DigitalPostGateway {
  registration(cpr: string, signal: AbortSignal): Promise<Registration>;
  send(messageUUID: string, memo: Uint8Array, signal: AbortSignal): Promise<SendOutcome>;
  /** Receipts waiting at the post; each must be confirmed after it was stored. */
  pullReceipts(signal: AbortSignal): Promise<DigitalPostReceipt[]>;
  confirmReceipt(receiptId: string, signal: AbortSignal): Promise<void>;
}
