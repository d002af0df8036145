import { Readable } from 'node:stream';
import {
  SourceError,
  type Connector,
  type Coverage,
  type RecordsCase,
  type RecordsDocument,
  type RunContext,
  type Source,
  type SourceClaim,
  type SourceGap,
} from '../../src/contracts';

export interface ListedCase {
  id: string;
  /** Ten digits; the case is found by it. */
  cpr: string;
  number?: string;
  documents: ListedDocument[];
  expected?: RecordsCase['expected'];
}

export interface ListedDocument {
  id: string;
  title: string;
  content: Buffer;
  version?: string;
  /** The system will not give the file. */
  refused?: 'forbidden' | 'not_found';
}

const COVERAGE: Coverage = {
  partyRoles: ['primary', 'secondary'],
  includesClosed: true,
  includesDrafts: false,
  includesJournalNotes: true,
  includesDeleted: false,
  rightsLimited: false,
  knownGaps: [],
};

/** A connector to a system that lies in memory and counts what is fetched: for what gathering does with any connector. */
export class ListedSystem implements Connector {
  readonly coverage = COVERAGE;
  readonly version = 'listed-1';
  /** File ids in the order in which they were fetched whole. */
  readonly fetched: string[] = [];
  cases: ListedCase[];
  caseless: ListedDocument[] = [];
  gaps: SourceGap[] = [];
  claims: SourceClaim[] = [];
  /** Fails when so many files have been fetched. */
  failsAfter = Infinity;

  constructor(
    readonly source: Source,
    cases: ListedCase[] = [],
  ) {
    this.cases = cases;
  }

  async health() {
    return { ok: true, latencyMs: 0 };
  }

  async *discover({ cprs }: { cprs: string[] }, context: RunContext): AsyncIterable<RecordsCase> {
    for (const gap of this.gaps) context.reportGap?.(gap);
    for (const claim of this.claims) context.reportClaim?.(claim);
    for (const { id, cpr, number, expected } of this.cases)
      if (cprs.includes(cpr)) yield { sourceCaseId: id, caseNumber: number, title: `Sag ${id}`, parties: [], expected };
  }

  list({ sourceCaseId }: RecordsCase, _context: RunContext, cursor?: string) {
    return listed(this.cases.find(({ id }) => id === sourceCaseId)?.documents ?? [], cursor);
  }

  listCaseless(_subject: { cprs: string[] }, _context: RunContext, cursor?: string) {
    return listed(this.caseless, cursor);
  }

  async fetch({ sourceDocumentId }: RecordsDocument, fileId: string) {
    const document = [...this.cases.flatMap(({ documents }) => documents), ...this.caseless].find(
      ({ id }) => id === sourceDocumentId,
    ) as ListedDocument;
    if (document.refused) throw new SourceError(document.refused, 'The file is not given.', false);
    if (this.fetched.length >= this.failsAfter) throw new SourceError('unavailable', 'The system is gone.', true);
    this.fetched.push(fileId);
    return { stream: Readable.from([document.content]), size: document.content.length, version: document.version };
  }
}

async function* listed(documents: ListedDocument[], cursor?: string) {
  const taken = documents.findIndex(({ id }) => id === cursor);
  for (const { id, title, content, version } of documents.slice(taken + 1)) {
    const file = { sourceFileId: `${id}.txt`, name: `${title}.txt`, size: content.length, version };
    const document: RecordsDocument = { sourceDocumentId: id, kind: 'document', title, files: [file] };
    yield { document, cursor: id };
  }
}

export function textDocuments(prefix: string, count: number): ListedDocument[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${prefix}-${index + 1}`,
    title: `Brev ${prefix} ${index + 1}`,
    content: Buffer.from(`Brev ${prefix} nummer ${index + 1}`),
  }));
}
