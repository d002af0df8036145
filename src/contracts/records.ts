import type { Readable } from 'node:stream';

/** The name under which `src/records/connector-registry.ts` knows a kind of records system: `sbsys`, `drop-folder` … */
export type SourceKind = string;

/** One configured records system. */
export interface Source {
  id: string;
  kind: SourceKind;
  /** Shown to citizens: "vores sagssystem (SBSYS)". */
  name: string;
  owner: string;
}

/** A static promise of what a search in this source covers; shown to staff and turned into the citizen's text. */
export interface Coverage {
  partyRoles: ('primary' | 'secondary')[];
  includesClosed: boolean;
  includesDrafts: boolean;
  includesJournalNotes: boolean;
  includesDeleted: false;
  /** True when the service account's rights decide what is visible. */
  rightsLimited: boolean;
  earliestDate?: string;
  knownGaps: string[];
}

/** A party as the source has it. CPR in clear: the caller encrypts it at once. */
export interface RecordsParty {
  role: 'primary' | 'secondary' | 'other';
  /** The source's own words for the part: `spouse`, `notifier`, `caseworker` … */
  roleText: string;
  name: string;
  cpr?: string;
  address?: string;
  phone?: string;
  email?: string;
  addressProtected?: boolean;
  employee?: boolean;
}

export interface RecordsCase {
  sourceCaseId: string;
  caseNumber?: string;
  title: string;
  /** KLE subject, `27.24.00`. */
  kle?: string;
  /** KLE facet, `G01`. */
  facet?: string;
  open?: boolean;
  openedAt?: string;
  closedAt?: string;
  parties: RecordsParty[];
  responsibleUnit?: string;
  /** The case that this one is a part of, by the source's own id. */
  parentSourceCaseId?: string;
  /** Counts that the source claims; the listing is reconciled with them. */
  expected?: { documents?: number; notes?: number };
}

export interface RecordsFile {
  sourceFileId: string;
  name: string;
  mediaType?: string;
  size?: number;
  sha256?: string;
  version?: string;
}

export interface RecordsDocument {
  sourceDocumentId: string;
  sourceCaseId?: string;
  kind: 'document' | 'journalNote' | 'mail' | 'message' | 'form';
  title: string;
  documentNumber?: string;
  direction?: 'ind' | 'ud' | 'intern';
  /** ISO date. */
  documentDate?: string;
  state?: 'draft' | 'final' | 'unknown';
  parentSourceDocumentId?: string;
  files: RecordsFile[];
}

export type SourceErrorClass =
  | 'auth'
  | 'forbidden'
  | 'not_found'
  | 'rate_limited'
  | 'locked'
  | 'timeout'
  | 'unavailable'
  | 'tls'
  | 'contract'
  | 'truncated'
  | 'integrity';

/** Refusal by a records system. The message is a whole sentence without CPR numbers or addresses that hold them. */
export class SourceError extends Error {
  constructor(
    readonly errorClass: SourceErrorClass,
    message: string,
    readonly retryable: boolean,
    readonly retryAfterMs?: number,
    /** The source's own code for a refusal, as `DossierNoReadAccess`; a word, never text. */
    readonly reason?: string,
  ) {
    super(message);
    this.name = 'SourceError';
  }
}

/** Something that a source holds, or may hold, and that the search could not bring: never silent, never an empty answer. */
export interface SourceGap {
  kind: 'forbidden' | 'pointer' | 'count_mismatch' | 'not_found' | 'unreadable' | 'former_identity' | 'stale';
  sourceCaseId?: string;
  sourceDocumentId?: string;
  /** A whole sentence in Danish for staff, without CPR numbers. */
  sentence: string;
}

/** A count that the source itself states (`TotalNumberOfResults`, `numberOfDocuments`, `$count`), for the balance sheet. */
export interface SourceClaim {
  of: 'cases' | 'documents' | 'notes';
  count: number;
  /** The case that the count is about; absent for the whole search. */
  sourceCaseId?: string;
}

/** Who is searched for. Every system searches by the numbers; names and addresses find namesakes and are for mailboxes. */
export interface SearchSubject {
  cprs: string[];
  names?: string[];
  emails?: string[];
}

export interface RunContext {
  runId: string;
  signal: AbortSignal;
  /** Told of each gap, as soon as it is found. */
  reportGap?(gap: SourceGap): void;
  /** Told of each count that the source states. */
  reportClaim?(claim: SourceClaim): void;
}

/**
 * A reader of one records system. It never writes. Empty is a claim: an iteration that ends without items says that the
 * source answered "nothing"; every other outcome throws a {@link SourceError}.
 */
export interface Connector {
  readonly source: Source;
  readonly coverage: Coverage;
  readonly version: string;
  health(signal: AbortSignal): Promise<{ ok: boolean; latencyMs: number; detail?: string }>;
  discover(subject: SearchSubject, context: RunContext): AsyncIterable<RecordsCase>;
  list(
    recordsCase: RecordsCase,
    context: RunContext,
    cursor?: string,
  ): AsyncIterable<{ document: RecordsDocument; cursor?: string }>;
  /** Documents that belong to no case (mails, F2 matters …); absent where a source has none. */
  listCaseless?(
    subject: SearchSubject,
    context: RunContext,
    cursor?: string,
  ): AsyncIterable<{ document: RecordsDocument; cursor?: string }>;
  fetch(
    document: RecordsDocument,
    sourceFileId: string,
    context: RunContext,
  ): Promise<{ stream: Readable; mediaType?: string; size?: number; version?: string }>;
}

/** One writer to the municipality's own journal (ESDH), through an account of its own. Idempotent by `key`. */
export interface JournalPort {
  journalise(entry: JournalEntry, signal: AbortSignal): Promise<{ journalId: string }>;
}

export interface JournalEntry {
  /** Stable: the same key twice is one entry. */
  key: string;
  kind: 'request' | 'late-notice' | 'decision' | 'package' | 'incident-letter';
  caseNumber: string;
  title: string;
  kle?: string;
  facet: 'A53';
  at: string;
  files: { name: string; mediaType: string; sha256: string; open: () => Promise<Readable> }[];
}
