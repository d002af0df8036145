/**
 * What became of a message or a letter. Digital: RECEIVED, COMPLETED (in the mailbox: proof), INVALID (bad content),
 * NOT_ALLOWED (the recipient cannot receive), FAILED (any other or unknown fault: a human must look). Letters:
 * PRINTING, POSTED (sent), HANDED_OVER (taken by the postal operator: proof), RETURNED (news from the postal operator:
 * return, new address), RECALLED.
 */
export type ReceiptStatus =
  | 'RECEIVED'
  | 'COMPLETED'
  | 'INVALID'
  | 'NOT_ALLOWED'
  | 'FAILED'
  | 'PRINTING'
  | 'POSTED'
  | 'HANDED_OVER'
  | 'RETURNED'
  | 'RECALLED';

/** A receipt of Digital Post or of the print service, with the exact text it came as. */
export interface DigitalPostReceipt {
  /** The post's own name of the receipt; the same when the same receipt comes twice. */
  receiptId: string;
  transmissionId?: string;
  /** Of the message; of a letter its `letterId`. Lower case. */
  messageUUID: string;
  messageId?: string;
  status: ReceiptStatus;
  errorCode?: string;
  errorMessage?: string;
  /** ISO, UTC. */
  at: string;
  raw: string;
}

/** Bytes of a known number that can be read from the start as often as needed, without being held in memory. */
export interface ByteSource {
  /** Bytes. */
  size: number;
  /** A new reading from the start; a `Readable` is one. */
  open(): AsyncIterable<Uint8Array>;
}

export interface MemoFile {
  /** `application/pdf` … */
  mediaType: string;
  fileName: string;
  /** Two letters: `da`. */
  language: string;
  content: Uint8Array | ByteSource;
}

export interface MemoDocument {
  label: string;
  files: MemoFile[];
}

/** What a message to a citizen, or to a firm for a citizen, says; the writer turns it into MeMo. */
export interface MemoMessage {
  /** UUID version 4, made once and stored before the first attempt. */
  messageUUID: string;
  messageId?: string;
  /** Shown outside the login: no personal data. */
  label: string;
  notification?: string;
  sender: { cvr: string; label: string };
  recipient: { cpr: string; label?: string } | { cvr: string; label?: string };
  caseId?: { id: string; system: string };
  /** ISO, UTC. */
  createdAt: string;
  mainDocument: MemoDocument;
  additionalDocuments: MemoDocument[];
}

/** A Danish address as the print service takes it; parts that are absent are left out. */
export interface LetterAddress {
  name: string;
  coName?: string;
  /** At most 40 characters. */
  street: string;
  /** 1 to 999 and at most one capital letter: `12B`. */
  building: string;
  /** 1 to 99, `ST`, `KL`, `K2` to `K9`. */
  floor?: string;
  /** At most four characters: `TV`, `3`. */
  suite?: string;
  /** At most 34 characters: the name of a place in the town. */
  subdivision?: string;
  /** Four digits. */
  postCode: string;
}

/** A letter on paper through the print service; the writer turns it into ForsendelseI. */
export interface PrintedLetter {
  /** UUID, made once and stored before the first attempt; receipts name it. */
  letterId: string;
  /** ForsendelseTypeIdentifikator of the municipality's agreement with the print service. */
  shipmentType: number;
  title: string;
  /** ISO, UTC. */
  createdAt: string;
  /** Absent: the address stands in the window of the first page. */
  recipient?: LetterAddress;
  /** The letter itself, a PDF. */
  content: Uint8Array | ByteSource;
  /** PDF files printed after it, in this order. */
  attachments: { name: string; content: Uint8Array | ByteSource }[];
  category?: 'Prioritaire' | 'Economique' | 'Rekommanderet';
}

/** `unknown`: a timeout or a broken connection; the same bytes are sent again, or a receipt tells. */
export type SendOutcome =
  | { state: 'accepted'; transmissionId?: string; raw: string }
  | { state: 'refused'; code: string; message: string; raw: string }
  | { state: 'unknown'; message: string; retryAfterMs?: number };

/** `not_registered`: a definite no without a reason (SF1601 gives none). */
export type Registration = 'registered' | 'exempt' | 'closed' | 'not_found' | 'not_registered';

/** The road to Digital Post: NgDP's own interface or KOMBIT SF1601. */
export interface DigitalPostGateway {
  /** `id`: ten digits are a CPR number, eight a CVR number. */
  registration(id: string, signal: AbortSignal): Promise<Registration>;
  /** `memo`: the stored bytes of the message, the same at every attempt. */
  send(messageUUID: string, memo: Uint8Array | ByteSource, signal: AbortSignal): Promise<SendOutcome>;
  /** `letter`: the stored bytes of ForsendelseI. Absent when the road carries no paper. */
  sendLetter?(letterId: string, letter: Uint8Array | ByteSource, signal: AbortSignal): Promise<SendOutcome>;
  /**
   * Receipts waiting at the post; each must be confirmed after it was stored. What is not confirmed comes again. Empty
   * where receipts are pushed only.
   */
  pullReceipts(signal: AbortSignal): Promise<DigitalPostReceipt[]>;
  confirmReceipt(receiptId: string, signal: AbortSignal): Promise<void>;
  /** When the certificate of this system ends; afterwards every call throws before anything is sent. */
  certificateExpiresAt(): Date;
  /** Lets connections go; the gateway can be used again after. */
  close(): void;
}

export interface PushAnswer {
  status: number;
  contentType: string;
  body: string;
}

/** The door at which a road delivers receipts by itself. */
export interface ReceiptPush {
  /**
   * The receipt in what was pushed. `fingerprint`: SHA-256 of the client certificate in hex, as TLS or the proxy in front
   * gives it. Throws when the sender is not one of those known, or the text is no receipt for this authority.
   */
  receive(raw: string, fingerprint: string | undefined): DigitalPostReceipt;
  /** What to answer: after it was stored, or with the error that `receive` or the storing threw. */
  answer(error?: unknown): PushAnswer;
}
