import { Readable } from 'node:stream';
import {
  SourceError,
  type Connector,
  type Coverage,
  type RecordsCase,
  type RecordsDocument,
  type RunContext,
  type SearchSubject,
  type Source,
} from '../../contracts';
import { healthBy } from '../health';
import { afterCursor } from '../listed';
import { openChecked } from '../http/checked-stream';
import { OAuthToken } from '../http/oauth-token';
import { contractError, sentence } from '../http/source-errors';
import { SourceHttp } from '../http/source-http';
import { wireOf } from '../http/wire';
import { reportUnheard } from '../reporting';
import { idOf, searchAll } from './fhir-bundles';
import { readDocument, type Content } from './fhir-documents';
import type { FhirSettings } from './fhir-settings';

type Listed = { document: RecordsDocument; cursor?: string };

const PATIENTS = 'the citizen among the patients';
const DOCUMENTS = 'the documents of a patient';

export const FHIR_COVERAGE: Coverage = {
  partyRoles: ['primary'],
  includesClosed: true,
  includesDrafts: true,
  includesJournalNotes: false,
  includesDeleted: false,
  rightsLimited: true,
  knownGaps: [
    'Kun dokumenter (DocumentReference); målinger, medicin og andre data i journalen er ikke med.',
    'Dokumenter, hvor borgeren kun er nævnt i en andens journal, findes ikke.',
  ],
};

/**
 * Reads a FHIR R4 server: the citizen as a patient, then every DocumentReference about that patient with its attachments. A
 * document belongs to no case. It never writes: searches are POSTs to `_search`, so that no number stands in an address.
 */
export class FhirConnector implements Connector {
  readonly version = 'fhir-1';
  readonly coverage = FHIR_COVERAGE;
  private readonly token: OAuthToken;
  private readonly http: SourceHttp;
  private readonly root: string;
  private readonly contents = new Map<string, Content>();

  constructor(
    readonly source: Source,
    private readonly settings: FhirSettings,
  ) {
    const { baseUrl, tokenUrl, clientId: client_id, clientSecret: client_secret, scope } = settings;
    const form = { grant_type: 'client_credentials', client_id, client_secret, ...(scope ? { scope } : {}) };
    this.token = new OAuthToken(tokenUrl, form, settings);
    this.http = new SourceHttp(baseUrl, settings, this.token);
    this.root = `${new URL(baseUrl).pathname.replace(/\/+$/, '')}/`;
  }

  health(signal: AbortSignal): ReturnType<Connector['health']> {
    const call = { method: 'GET', path: `${this.root}metadata`, asked: 'what the server can' } as const;
    return healthBy(async () => {
      const statement = wireOf(await this.http.json(call, signal), call.asked);
      if (statement.resourceType !== 'CapabilityStatement') throw contractError(call.asked, 'is no FHIR server');
    });
  }

  /** A FHIR server has documents of patients, and no cases. */
  async *discover(_subject: SearchSubject, { signal }: RunContext): AsyncIterable<RecordsCase> {
    signal.throwIfAborted();
  }

  async *list({ sourceCaseId }: RecordsCase): AsyncIterable<Listed> {
    throw new SourceError('not_found', sentence(`case ${sourceCaseId}`, 'has no cases'), false);
  }

  /** `cursor` is the id of the last document that was taken; one that is gone starts over. */
  async *listCaseless(subject: SearchSubject, context: RunContext, cursor?: string): AsyncIterable<Listed> {
    const documents = new Map<string, RecordsDocument>();
    for (const patient of await this.patients(subject, context)) {
      for (const document of await this.documentsOf(patient, context)) {
        documents.set(document.sourceDocumentId, document);
      }
    }
    context.reportClaim?.({ of: 'documents', count: documents.size });
    const inOrder = [...documents.values()].sort((a, b) => (a.sourceDocumentId < b.sourceDocumentId ? -1 : 1));
    yield* afterCursor(inOrder, cursor);
  }

  async fetch(
    document: RecordsDocument,
    sourceFileId: string,
    { signal }: RunContext,
  ): Promise<{ stream: Readable; mediaType?: string; size?: number; version?: string }> {
    const file = document.files.find((candidate) => candidate.sourceFileId === sourceFileId);
    const asked = `file ${sourceFileId}`;
    if (!file) throw new SourceError('not_found', sentence(asked, 'has no such file in this document'), false);
    const content = await this.contentOf(document, sourceFileId, asked, signal);
    const expected = { name: file.name, size: file.size };
    const opened =
      'data' in content
        ? await openChecked(Readable.from([Buffer.from(content.data, 'base64')]), expected, asked)
        : await this.http.file(this.callFor(content.url, file.mediaType, asked), expected, signal);
    return { ...opened, mediaType: file.mediaType ?? opened.mediaType, size: file.size, version: file.version };
  }

  /** Lets go of the connections that are kept open. */
  async close(): Promise<void> {
    await Promise.all([this.http.close(), this.token.close()]);
  }

  private async patients({ cprs }: SearchSubject, context: RunContext): Promise<string[]> {
    const ids = new Set<string>();
    for (const cpr of new Set(cprs.map((each) => each.replace(/\D/g, '')))) {
      const identifier = `${this.settings.cprSystem}|${cpr}`;
      const found = await searchAll(this.http, this.root, 'Patient', { identifier }, PATIENTS, context.signal);
      if (found.isSuppressed) {
        const sentence =
          'Serveren har en patient med nummeret, som servicekontoen ikke må se. Den skal søges på anden måde.';
        reportUnheard(context, { kind: 'forbidden', sentence }, PATIENTS);
      }
      for (const patient of found.resources) ids.add(idOf(patient, PATIENTS));
    }
    return [...ids];
  }

  private async documentsOf(patient: string, context: RunContext): Promise<RecordsDocument[]> {
    const parameters = { patient: `Patient/${patient}`, _count: String(this.settings.pageSize) };
    const found = await searchAll(this.http, this.root, 'DocumentReference', parameters, DOCUMENTS, context.signal);
    if (found.isSuppressed) {
      const sentence =
        'Serveren har dokumenter om borgeren, som servicekontoen ikke må se. De skal hentes på anden måde.';
      reportUnheard(context, { kind: 'forbidden', sentence }, DOCUMENTS);
    }
    return found.resources.map((resource) => {
      const { document, contents } = readDocument(resource, DOCUMENTS);
      for (const [id, content] of contents) this.contents.set(id, content);
      return document;
    });
  }

  /** As it was listed in this run, else read again. */
  private async contentOf(
    document: RecordsDocument,
    fileId: string,
    asked: string,
    signal: AbortSignal,
  ): Promise<Content> {
    if (!this.contents.has(fileId)) {
      const path = `${this.root}DocumentReference/${encodeURIComponent(document.sourceDocumentId)}`;
      const resource = wireOf(await this.http.json({ method: 'GET', path, asked }, signal), asked);
      for (const [id, content] of readDocument(resource, asked).contents) this.contents.set(id, content);
    }
    const content = this.contents.get(fileId);
    if (!content) throw new SourceError('not_found', sentence(asked, 'does not have it any more'), false);
    return content;
  }

  /** The bytes themselves, and not the resource around them; `Binary/7` is below the service root. */
  private callFor(url: string, mediaType: string | undefined, asked: string) {
    const path = /^(https?:)?\//.test(url) ? url : `${this.root}${url}`;
    return {
      method: 'GET',
      path,
      asked,
      headers: { accept: mediaType ?? 'application/octet-stream, */*;q=0.5' },
    } as const;
  }
}
