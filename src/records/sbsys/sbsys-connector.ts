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
import type { OAuthToken } from '../http/oauth-token';
import { SourceHttp } from '../http/source-http';
import { afterCursor, listedFile } from '../listed';
import { reportExpected } from '../reporting';
import { readCase, searchCaseIds } from './sbsys-cases';
import { listDocuments } from './sbsys-documents';
import { fetchNote, isNoteFile, listNotes } from './sbsys-notes';
import { sbsysLogin } from './sbsys-login';
import type { SbsysSettings } from './sbsys-settings';

const PRIMARY = 'PrimaerPerson';

/**
 * Reads SBSYS through its web API. Written from published clients, not from the vendor's documentation: a draft until a
 * municipality has run it against its own installation. It never writes.
 */
export class SbsysConnector implements Connector {
  readonly version = 'sbsys-1';
  readonly coverage: Coverage;
  private readonly token: OAuthToken;
  private readonly http: SourceHttp;

  constructor(
    readonly source: Source,
    private readonly settings: SbsysSettings,
  ) {
    this.coverage = coverageOf(settings);
    this.token = sbsysLogin(settings);
    this.http = new SourceHttp(settings.baseUrl, settings, this.token);
  }

  health(signal: AbortSignal): ReturnType<Connector['health']> {
    const call = { method: 'GET', path: '/api/sag/sagStatusList', asked: 'the list of case states' } as const;
    return healthBy(() => this.http.json(call, signal));
  }

  /** Every case once, open and closed, whichever CPR number and whichever part found it. */
  async *discover(subject: { cprs: string[] }, context: RunContext): AsyncIterable<RecordsCase> {
    const fields = [PRIMARY, ...(this.settings.partySearchField ? [this.settings.partySearchField] : [])];
    const seen = new Set<string>();
    for (const cpr of subject.cprs.map(withHyphen)) {
      for (const field of fields) {
        for (const id of await searchCaseIds(this.http, this.settings, field, cpr, context.signal)) {
          if (seen.has(id)) continue;
          seen.add(id);
          const about = { sourceCaseId: id, name: `Sag ${id}` };
          const found = await readOrGap(readCase(this.http, this.settings, id, context.signal), about, context);
          if (found) yield found;
        }
      }
    }
    // Each search was held to its own sum; a case that several of them found counts once.
    context.reportClaim?.({ of: 'cases', count: seen.size });
  }

  /** Documents, then journal notes. `cursor` is the id of the last item that was taken; one that is gone starts over. */
  async *list(
    recordsCase: RecordsCase,
    context: RunContext,
    cursor?: string,
  ): AsyncIterable<{ document: RecordsDocument; cursor?: string }> {
    const { sourceCaseId } = recordsCase;
    const { signal } = context;
    reportExpected(recordsCase, context);
    const about = (what: string) => ({ sourceCaseId, name: `${what} på sag ${sourceCaseId}` });
    const filed = await readOrGap(
      listDocuments(this.http, recordsCase, signal),
      about('Listen over dokumenter'),
      context,
    );
    const notes = await readOrGap(
      listNotes(this.http, recordsCase, signal),
      about('Listen over journalnotater'),
      context,
    );
    const documents = [...(filed ?? []), ...(notes ?? [])];
    yield* afterCursor(documents, cursor);
  }

  async fetch(
    document: RecordsDocument,
    sourceFileId: string,
    { signal }: RunContext,
  ): Promise<{ stream: Readable; mediaType?: string; size?: number; version?: string }> {
    const { file, asked } = listedFile(document, sourceFileId);
    if (isNoteFile(sourceFileId) && document.sourceCaseId) {
      const page = await fetchNote(this.http, document.sourceCaseId, sourceFileId, signal);
      return { stream: Readable.from([page], { objectMode: false }), mediaType: 'text/html', size: page.length };
    }
    const call = { method: 'GET', path: `/api/fil/${encodeURIComponent(sourceFileId)}`, asked } as const;
    const opened = await this.http.file(call, { name: file.name, size: file.size, sha256: file.sha256 }, signal);
    return { ...opened, size: file.size, version: file.version };
  }

  /** Lets go of the connections that are kept open. */
  async close(): Promise<void> {
    await Promise.all([this.http.close(), this.token.close()]);
  }
}

/** What a search covers; other parties than the primary one only with a field for them. */
export function coverageOf(settings: Pick<SbsysSettings, 'partySearchField'>): Coverage {
  const gaps = ['Kladder og påmindelser læses ikke.', 'Slettede sager og dokumenter findes ikke i søgningen.'];
  if (!settings.partySearchField) gaps.push('Sager, hvor borgeren kun er sekundær part, findes ikke.');
  return {
    partyRoles: settings.partySearchField ? ['primary', 'secondary'] : ['primary'],
    includesClosed: true,
    includesDrafts: false,
    includesJournalNotes: true,
    includesDeleted: false,
    rightsLimited: true,
    knownGaps: gaps,
  };
}

/** SBSYS searches by `DDMMYY-XXXX`. */
function withHyphen(cpr: string): string {
  const digits = cpr.replace(/\D/g, '');
  return `${digits.slice(0, 6)}-${digits.slice(6)}`;
}
