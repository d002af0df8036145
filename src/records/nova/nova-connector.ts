import { Readable } from 'node:stream';
import {
  type Connector,
  type Coverage,
  type RecordsCase,
  type RecordsDocument,
  type RunContext,
  type Source,
} from '../../contracts';
import { healthBy } from '../health';
import { readOrGap } from '../http/found-gaps';
import { afterCursor, listedFile } from '../listed';
import { reportExpected } from '../reporting';
import { NovaCalls } from './nova-calls';
import { caseRows, findCases } from './nova-cases';
import { listDocuments } from './nova-documents';
import { fetchNote, isNoteFile, listNotes } from './nova-notes';
import type { NovaSettings } from './nova-settings';

export const NOVA_COVERAGE: Coverage = {
  partyRoles: ['primary', 'secondary'],
  includesClosed: true,
  includesDrafts: true,
  includesJournalNotes: true,
  includesDeleted: false,
  rightsLimited: true,
  knownGaps: [
    'Sager og dokumenter, som servicekontoen ikke har rettigheder til, er ikke med i Novas svar.',
    'Opgaver og påmindelser læses ikke.',
  ],
};

/**
 * Reads KMD Nova through its API. Written from published clients, not from the vendor's documentation: a draft until a
 * municipality has run it. It never writes, and it never checks a document out.
 */
export class NovaConnector implements Connector {
  readonly version = 'nova-1';
  readonly coverage = NOVA_COVERAGE;
  private readonly calls: NovaCalls;

  constructor(
    readonly source: Source,
    settings: NovaSettings,
  ) {
    this.calls = new NovaCalls(settings);
  }

  /** A search for one case number that no case has. */
  health(signal: AbortSignal): ReturnType<Connector['health']> {
    const asked = 'a case that nobody has';
    const paging = { startRow: 1, numberOfRows: 1 };
    const body = { paging, caseAttributes: { userFriendlyCaseNumber: 'S1900-0' }, caseGetOutput: {} };
    return healthBy(async () => caseRows(await this.calls.read('Case/GetList', body, asked, signal), asked));
  }

  async *discover(subject: { cprs: string[] }, context: RunContext): AsyncIterable<RecordsCase> {
    const seen = new Set<string>();
    for (const cpr of subject.cprs) {
      // Nova searches by `DDMMYYXXXX`.
      for (const found of await findCases(this.calls, cpr.replace(/\D/g, ''), context.signal)) {
        if (seen.has(found.sourceCaseId)) continue;
        seen.add(found.sourceCaseId);
        yield found;
      }
    }
    context.reportClaim?.({ of: 'cases', count: seen.size });
  }

  /** Documents, then journal notes. `cursor` is the id of the last item that was taken; one that is gone starts over. */
  async *list(
    recordsCase: RecordsCase,
    context: RunContext,
    cursor?: string,
  ): AsyncIterable<{ document: RecordsDocument; cursor?: string }> {
    const { sourceCaseId, caseNumber = sourceCaseId } = recordsCase;
    reportExpected(recordsCase, context);
    const about = (what: string) => ({ sourceCaseId, name: `${what} i Nova-sag ${caseNumber}` });
    const documents = [
      ...((await readOrGap(
        listDocuments(this.calls, recordsCase, context.signal),
        about('Listen over dokumenter'),
        context,
      )) ?? []),
      ...((await readOrGap(
        listNotes(this.calls, recordsCase, context.signal),
        about('Listen over journalnotater'),
        context,
      )) ?? []),
    ];
    yield* afterCursor(documents, cursor);
  }

  async fetch(
    document: RecordsDocument,
    sourceFileId: string,
    { signal }: RunContext,
  ): Promise<{ stream: Readable; mediaType?: string; size?: number; version?: string }> {
    const { file, asked } = listedFile(document, sourceFileId);
    if (isNoteFile(sourceFileId) && document.sourceCaseId) {
      const page = await fetchNote(this.calls, document.sourceCaseId, sourceFileId, signal);
      return { stream: Readable.from([page], { objectMode: false }), mediaType: 'text/html', size: page.length };
    }
    return this.calls.file(sourceFileId, { name: file.name }, asked, signal);
  }

  async close(): Promise<void> {
    await this.calls.close();
  }
}
