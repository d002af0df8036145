import { Readable } from 'node:stream';
import {
  SourceError,
  type Connector,
  type Coverage,
  type RecordsCase,
  type RecordsDocument,
  type RunContext,
  type Source,
} from '../../contracts';
import { readOrGap } from '../http/found-gaps';
import { OAuthToken } from '../http/oauth-token';
import { sentence } from '../http/source-errors';
import { SourceHttp } from '../http/source-http';
import { healthBy } from '../health';
import { afterCursor, listedFile } from '../listed';
import { recordsOnCitizen } from './momentum-citizens';
import { entriesOf, reportAttachments, type Entry } from './momentum-entries';
import { MomentumHttp } from './momentum-http';
import type { MomentumSettings } from './momentum-settings';

export const MOMENTUM_COVERAGE: Coverage = {
  partyRoles: ['primary'],
  includesClosed: true,
  includesDrafts: false,
  includesJournalNotes: true,
  includesDeleted: false,
  rightsLimited: true,
  knownGaps: [
    'Vedhæftede filer og breve udleveres ikke; hver fil, som et notat nævner, meldes som mangel og hentes i Momentum.',
    'Forløb, hvor borgeren kun er kontaktperson for en anden, findes ikke.',
    'Markeringer, notifikationer, tilbud og VITAS-sager læses ikke.',
    'Journalens liste oplyser ikke, hvor mange notater der er.',
  ],
};

/**
 * Reads KMD Momentum (employment) through its API, written from a municipality's published client: a draft until a
 * municipality has run it. A citizen's record is a case; its tasks and journal notes are documents. It never writes.
 */
export class MomentumConnector implements Connector {
  readonly version = 'momentum-1';
  readonly coverage = MOMENTUM_COVERAGE;
  private readonly token: OAuthToken;
  private readonly http: SourceHttp;
  private readonly momentum: MomentumHttp;
  /** What was read last, since notes and tasks are given with their list only. */
  private lastRead?: { key: string; entries: Promise<Entry[]> };

  constructor(
    readonly source: Source,
    private readonly settings: MomentumSettings,
  ) {
    const { clientId, clientSecret, resource, baseUrl, tokenUrl, apiKey, pageSize } = settings;
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, resource };
    this.token = new OAuthToken(tokenUrl, form, settings);
    this.http = new SourceHttp(baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`, settings, this.token);
    this.momentum = new MomentumHttp(this.http, apiKey, pageSize);
  }

  health(signal: AbortSignal): ReturnType<Connector['health']> {
    return healthBy(() => this.momentum.get('tags', 'the list of tags', signal));
  }

  discover({ cprs }: { cprs: string[] }, context: RunContext): AsyncIterable<RecordsCase> {
    return recordsOnCitizen(this.momentum, this.settings, cprs, context);
  }

  async *list(
    { sourceCaseId }: RecordsCase,
    context: RunContext,
    cursor?: string,
  ): AsyncIterable<{ document: RecordsDocument; cursor?: string }> {
    const subject = { sourceCaseId, name: `Journalen for borgerens forløb med id ${sourceCaseId}` };
    const entries = await readOrGap(this.read(sourceCaseId, context, 'anew'), subject, context);
    if (!entries) return;
    reportAttachments(entries, context);
    const tasks = entries.filter(({ document }) => document.kind === 'document').length;
    context.reportClaim?.({ of: 'documents', count: tasks, sourceCaseId });
    const documents = entries.map(({ document }) => document);
    yield* afterCursor(documents, cursor);
  }

  async fetch(
    document: RecordsDocument,
    sourceFileId: string,
    context: RunContext,
  ): Promise<{ stream: Readable; mediaType?: string; size?: number; version?: string }> {
    context.signal.throwIfAborted();
    const { asked } = listedFile(document, sourceFileId);
    const entries = await this.read(document.sourceCaseId ?? '', context);
    const entry = entries.find((candidate) => candidate.document.sourceDocumentId === document.sourceDocumentId);
    if (!entry) throw new SourceError('not_found', sentence(asked, 'does not have it any more'), false);
    const stream = Readable.from([entry.page], { objectMode: false });
    return { stream, mediaType: 'text/html', size: entry.page.length };
  }

  async close(): Promise<void> {
    await Promise.all([this.http.close(), this.token.close()]);
  }

  /** One record's entries are kept for the rest of the run, or until another record is asked for. */
  private read(citizenId: string, { runId, signal }: RunContext, how?: 'anew'): Promise<Entry[]> {
    const key = `${runId} ${citizenId}`;
    if (how === 'anew' || this.lastRead?.key !== key) {
      const entries = entriesOf(this.momentum, citizenId, signal);
      this.lastRead = { key, entries };
      entries.catch(() => (this.lastRead = undefined));
    }
    return this.lastRead.entries;
  }
}
