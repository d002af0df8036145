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
import { reportGap } from '../reporting';
import { OData } from './odata';
import { caseIdsOf, caseWithParts } from './workzone-cases';
import { BATCH, isPage, readPage, readRecords, recordIdsOfContacts, recordsOf } from './workzone-documents';
import { contactsOf } from './workzone-parties';
import type { WorkZoneSettings } from './workzone-settings';

export const WORKZONE_COVERAGE: Coverage = {
  partyRoles: ['primary', 'secondary'],
  includesClosed: true,
  includesDrafts: true,
  includesJournalNotes: true,
  includesDeleted: false,
  rightsLimited: true,
  knownGaps: [
    'Kontakter af andre typer end de opsatte søges ikke på CPR-nummer.',
    'Personlige kladder ses kun af den, der skrev dem.',
    'Sagens eget tekstfelt, opgaver og processer læses ikke.',
    'Ældre versioner af et dokument læses ikke.',
    'Parternes adresser og telefonnumre læses ikke.',
  ],
};

/**
 * Reads KMD WorkZone through its OData v4 service, written from the vendor's published sample program and field guide: a
 * draft until a municipality has run it. It never writes.
 */
export class WorkZoneConnector implements Connector {
  readonly version = 'workzone-1';
  readonly coverage = WORKZONE_COVERAGE;
  private readonly token: OAuthToken;
  private readonly http: SourceHttp;
  private readonly odata: OData;

  constructor(
    readonly source: Source,
    private readonly settings: WorkZoneSettings,
  ) {
    const { clientId, clientSecret, scope, baseUrl, tokenUrl } = settings;
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope };
    this.token = new OAuthToken(tokenUrl, form, settings);
    this.http = new SourceHttp(baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`, settings, this.token);
    this.odata = new OData(this.http, settings.pageSize);
  }

  health(signal: AbortSignal): ReturnType<Connector['health']> {
    return healthBy(() =>
      this.http.json({ method: 'GET', path: 'Files?$select=ID&$top=1', asked: 'one case' }, signal),
    );
  }

  /** Every case once, with its parts, whichever CPR number and whichever label found it. */
  async *discover({ cprs }: { cprs: string[] }, context: RunContext): AsyncIterable<RecordsCase> {
    const ids = await this.caseIds(cprs, context.signal);
    const seen = new Set<string>();
    for (const id of ids) yield* caseWithParts(this.odata, this.settings, id, seen, context);
    context.reportClaim?.({ of: 'cases', count: seen.size });
  }

  async *list(
    { sourceCaseId }: RecordsCase,
    context: RunContext,
    cursor?: string,
  ): AsyncIterable<{ document: RecordsDocument; cursor?: string }> {
    const documents = await readOrGap(
      recordsOf(this.odata, sourceCaseId, context.signal),
      { sourceCaseId, name: `Dokumentlisten for sagen med id ${sourceCaseId}` },
      context,
    );
    if (!documents) return;
    const notes = documents.filter(({ kind }) => kind === 'journalNote').length;
    const attached = documents.filter(
      ({ kind, parentSourceDocumentId: parent }) => kind === 'document' && parent,
    ).length;
    // An attachment goes with what it is attached to, and is in no source's sum.
    context.reportClaim?.({ of: 'documents', count: documents.length - notes - attached, sourceCaseId });
    context.reportClaim?.({ of: 'notes', count: notes, sourceCaseId });
    yield* afterCursor(documents, cursor);
  }

  /** Documents that name the citizen as a party on their own, without a case or in a case that does not name him or her. */
  async *listCaseless(
    { cprs }: { cprs: string[] },
    context: RunContext,
    cursor?: string,
  ): AsyncIterable<{ document: RecordsDocument; cursor?: string }> {
    const { signal } = context;
    const contacts = await Promise.all(cprs.map((cpr) => contactsOf(this.odata, this.settings, cpr, signal)));
    const ids = [...(await recordIdsOfContacts(this.odata, contacts.flat(), signal))].sort();
    const ownCases = new Set(await this.caseIds(cprs, signal));
    const left = ids.slice(ids.indexOf(cursor ?? '') + 1);
    for (let from = 0; from < left.length; from += BATCH) {
      const batch = left.slice(from, from + BATCH);
      const seen = new Map<string, RecordsDocument>();
      for (const each of await readRecords(this.odata, batch, signal)) seen.set(each.sourceDocumentId, each);
      for (const id of batch) {
        const document = seen.get(id);
        if (!document) reportUnseen(id, context);
        else if (!ownCases.has(document.sourceCaseId ?? '')) yield { document, cursor: id };
      }
    }
  }

  async fetch(
    document: RecordsDocument,
    sourceFileId: string,
    { signal }: RunContext,
  ): Promise<{ stream: Readable; mediaType?: string; size?: number; version?: string }> {
    const { file, asked } = listedFile(document, sourceFileId);
    if (isPage(sourceFileId)) {
      const page = await readPage(this.odata, document.sourceDocumentId, signal);
      return { stream: Readable.from([page], { objectMode: false }), mediaType: 'text/html', size: page.length };
    }
    const call = { method: 'GET', path: `Documents('${encodeURIComponent(sourceFileId)}')/$value`, asked } as const;
    const opened = await this.http.file(call, { name: file.name, size: file.size }, signal);
    return { ...opened, size: file.size };
  }

  async close(): Promise<void> {
    await Promise.all([this.http.close(), this.token.close()]);
  }

  private async caseIds(cprs: string[], signal: AbortSignal): Promise<string[]> {
    const found = new Set<string>();
    for (const cpr of cprs) {
      for (const id of await caseIdsOf(this.odata, this.settings, cpr, signal)) found.add(id);
    }
    return [...found];
  }
}

/** A record that a party's list names and that no list of records shows the account. */
function reportUnseen(id: string, context: RunContext): void {
  const cause = new SourceError('forbidden', sentence(`document ${id}`, 'names the citizen and is not shown'), false);
  const text = `Dokumentet med id ${id} nævner borgeren som part, men servicekontoen må ikke se det. Hent det på anden måde.`;
  reportGap(context, { kind: 'forbidden', sourceDocumentId: id, sentence: text }, cause);
}
