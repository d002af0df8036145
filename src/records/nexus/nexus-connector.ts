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
import { wiresOf, type Wire } from '../http/wire';
import { healthBy } from '../health';
import { afterCursor, listedFile } from '../listed';
import { Hal } from './hal';
import { citizenAsParty, openRecord, reportClosed } from './nexus-citizen';
import { isPageLink, readElement, readPage } from './nexus-elements';
import { isMessageLink, messagesOf, readMessage } from './nexus-messages';
import { DOCUMENT, elementsIn, filedOn, pathwaysIn, reportHidden, treeOf } from './nexus-pathways';
import type { NexusSettings } from './nexus-settings';

export const NEXUS_COVERAGE: Coverage = {
  partyRoles: ['primary'],
  includesClosed: true,
  includesDrafts: true,
  includesJournalNotes: true,
  includesDeleted: false,
  rightsLimited: true,
  knownGaps: [
    'Kun det, som visningen viser, findes; den skal være sat op til at vise alt, også afsluttede forløb.',
    'Journaler, hvor borgeren kun er pårørende eller kontaktperson, findes ikke.',
    'Kalender, målinger, medicinkort fra FMK og slettede beskeder læses ikke.',
    'Ældre udgaver af et skema læses ikke.',
  ],
};

/**
 * Reads KMD Nexus (care, health, social) by its links, written from a municipality's published documentation: a draft
 * until a municipality has run it. Pathways are cases; messages and activities of no pathway stand by themselves. It
 * never writes: a message is read and never accepted.
 */
export class NexusConnector implements Connector {
  readonly version = 'nexus-1';
  readonly coverage = NEXUS_COVERAGE;
  private readonly token: OAuthToken;
  private readonly http: SourceHttp;
  private readonly hal: Hal;

  constructor(
    readonly source: Source,
    private readonly settings: NexusSettings,
  ) {
    const { clientId, clientSecret, tokenUrl } = settings;
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const root = settings.baseUrl.endsWith('/') ? settings.baseUrl : `${settings.baseUrl}/`;
    this.token = new OAuthToken(tokenUrl, form, settings);
    this.http = new SourceHttp(root, settings, this.token);
    this.hal = new Hal(this.http, root);
  }

  health(signal: AbortSignal): ReturnType<Connector['health']> {
    return healthBy(() => this.hal.get('', 'the links of Nexus', signal));
  }

  async *discover({ cprs }: { cprs: string[] }, context: RunContext): AsyncIterable<RecordsCase> {
    const seen = new Set<string>();
    for (const cpr of cprs) {
      const record = await openRecord(this.hal, this.settings.view, cpr, context.signal);
      if (record === 'closed') reportClosed(context);
      if (typeof record === 'string') continue;
      const tree = await treeOf(this.hal, record.view, context.signal);
      await reportHidden(this.hal, record.patient, tree, context);
      yield* pathwaysIn(this.hal, tree, citizenAsParty(record.patient), seen, context);
    }
    context.reportClaim?.({ of: 'cases', count: seen.size });
  }

  async *list(
    { sourceCaseId, expected }: RecordsCase,
    context: RunContext,
    cursor?: string,
  ): AsyncIterable<{ document: RecordsDocument; cursor?: string }> {
    const subject = { sourceCaseId, name: `Indholdet af forløbet ${sourceCaseId}` };
    const nodes = await readOrGap(filedOn(this.hal, sourceCaseId, context.signal), subject, context);
    if (!nodes) return;
    this.reconcile(nodes, sourceCaseId, expected, context);
    const linkOf = (node: Wire): string => this.hal.link(node, 'referencedObject', 'an element of the record');
    const once = [...new Map(nodes.map((node) => [linkOf(node), node])).values()];
    const taken = once.findIndex((node) => linkOf(node) === cursor);
    for (const node of once.slice(taken + 1)) {
      const { fileLinks } = this.settings;
      const document = await readElement(this.hal, node, 'referencedObject', fileLinks, context, sourceCaseId);
      if (document) yield { document, cursor: document.sourceDocumentId };
    }
  }

  /** MedCom messages, activities of the citizen, and elements of the view that hang on no pathway. */
  async *listCaseless(
    { cprs }: { cprs: string[] },
    context: RunContext,
    cursor?: string,
  ): AsyncIterable<{ document: RecordsDocument; cursor?: string }> {
    const documents = new Map<string, RecordsDocument>();
    for (const cpr of cprs) {
      for await (const document of this.caselessOf(cpr, context)) documents.set(document.sourceDocumentId, document);
    }
    const found = [...documents.values()];
    yield* afterCursor(found, cursor);
  }

  async fetch(
    document: RecordsDocument,
    sourceFileId: string,
    { signal }: RunContext,
  ): Promise<{ stream: Readable; mediaType?: string; size?: number; version?: string }> {
    const { file, asked } = listedFile(document, sourceFileId);
    if (isPageLink(sourceFileId)) return asPage(await readPage(this.hal, document, signal));
    if (isMessageLink(sourceFileId)) return asPage(await readMessage(this.hal, document.sourceDocumentId, signal));
    return this.http.file({ method: 'GET', path: sourceFileId, asked }, { name: file.name }, signal);
  }

  async close(): Promise<void> {
    await Promise.all([this.http.close(), this.token.close()]);
  }

  private async *caselessOf(cpr: string, context: RunContext): AsyncGenerator<RecordsDocument> {
    const { signal } = context;
    const record = await openRecord(this.hal, this.settings.view, cpr, signal);
    // A closed record was reported when its pathways were looked for.
    if (typeof record === 'string') return;
    yield* messagesOf(this.hal, record.patient, context);
    const asked = "the citizen's activities";
    const activities = wiresOf(
      await this.hal.get(this.hal.link(record.view, 'patientActivities', asked), asked, signal),
      asked,
    );
    const loose = elementsIn(await treeOf(this.hal, record.view, signal));
    for (const [nodes, relation] of [
      [activities, 'self'],
      [loose, 'referencedObject'],
    ] as const) {
      for (const node of nodes) {
        const document = await readElement(this.hal, node, relation, this.settings.fileLinks, context);
        if (document) yield document;
      }
    }
  }

  /** The view told how many elements there are; a pathway that gives another number does not show all of itself. */
  private reconcile(nodes: Wire[], sourceCaseId: string, expected: RecordsCase['expected'], context: RunContext): void {
    const documents = nodes.filter(({ type }) => type === DOCUMENT).length;
    const notes = nodes.length - documents;
    const said = { documents, notes, ...expected };
    context.reportClaim?.({ of: 'documents', count: said.documents, sourceCaseId });
    context.reportClaim?.({ of: 'notes', count: said.notes, sourceCaseId });
    if (said.documents === documents && said.notes === notes) return;
    const text = sentence(
      `the elements of pathway ${sourceCaseId}`,
      `showed ${said.documents + said.notes} elements in the view and listed ${nodes.length}; the list is not whole`,
    );
    throw new SourceError('truncated', text, true);
  }
}

function asPage(page: Buffer): { stream: Readable; mediaType: string; size: number } {
  return { stream: Readable.from([page], { objectMode: false }), mediaType: 'text/html', size: page.length };
}
