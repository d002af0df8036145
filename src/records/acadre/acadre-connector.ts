import type { Readable } from 'node:stream';
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
import { NtlmLogin } from '../http/ntlm-login';
import { sentence } from '../http/source-errors';
import { SourceHttp } from '../http/source-http';
import { healthBy } from '../health';
import { afterCursor, listedFile } from '../listed';
import { reportGap } from '../reporting';
import { partOf, readCase, type ContactBook } from './acadre-cases';
import { AcadreCookie } from './acadre-cookie';
import { documentsOf, memosOf, referenceOf } from './acadre-documents';
import { caseTypes, digitsOf, isKnownContact, namedCases, searchedCaseIds, type NamedCase } from './acadre-search';
import type { AcadreSettings } from './acadre-settings';
import { AcadreSoap } from './acadre-soap';

export const ACADRE_COVERAGE: Coverage = {
  partyRoles: ['primary', 'secondary'],
  includesClosed: true,
  includesDrafts: true,
  includesJournalNotes: true,
  includesDeleted: false,
  rightsLimited: true,
  knownGaps: [
    'Ældre versioner af et dokument læses ikke.',
    'Dokumenter, der kun ligger på papir, er på listen uden fil.',
    'Samlesager (multisager), frister og opgaver læses ikke.',
    'Parternes adresser og telefonnumre læses ikke.',
  ],
};

/**
 * Reads Formpipe Acadre: cases by the API of its web pages and by its SOAP services, one held against the other; parties,
 * documents, supplements and notes by the services. Written from a municipality's published program and the services' own
 * description: a draft until a municipality has run it. It never writes.
 */
export class AcadreConnector implements Connector {
  readonly version = 'acadre-1';
  readonly coverage = ACADRE_COVERAGE;
  private readonly windows: SourceHttp;
  private readonly pages: SourceHttp;
  private readonly services: SourceHttp;
  private readonly soap: AcadreSoap;

  constructor(
    readonly source: Source,
    private readonly settings: AcadreSettings,
  ) {
    const { username, password, domain, serviceUrl } = settings;
    const root = settings.baseUrl.endsWith('/') ? settings.baseUrl : `${settings.baseUrl}/`;
    const ntlm = new NtlmLogin({ username, password, domain });
    this.windows = new SourceHttp(root, settings, undefined, ntlm);
    this.pages = new SourceHttp(root, settings, new AcadreCookie(this.windows));
    this.services = new SourceHttp(serviceUrl, settings, undefined, ntlm);
    this.soap = new AcadreSoap(this.services, serviceUrl, settings.actingFor);
  }

  health(signal: AbortSignal): ReturnType<Connector['health']> {
    return healthBy(() => caseTypes(this.soap, signal));
  }

  /** Every case once, by both ways of searching, each type of case, open and closed. */
  async *discover({ cprs }: { cprs: string[] }, context: RunContext): AsyncIterable<RecordsCase> {
    const numbers = cprs.map(digitsOf);
    const { searched, named } = await this.search(numbers, context.signal);
    const ids = new Set([...searched, ...named.keys()]);
    const contacts: ContactBook = new Map();
    let mentions = 0;
    for (const id of ids) {
      const subject = { sourceCaseId: id, name: `Sagen med id ${id}` };
      const reading = readCase(this.soap, this.settings, id, named.get(id), contacts, context.signal);
      const found = await readOrGap(reading, subject, context);
      if (!found) continue;
      const part = partOf(found, numbers);
      if (part === 'primary' && !searched.has(id)) reportLeftOut(id, context);
      if (part === undefined && !named.has(id)) {
        mentions += 1;
        reportMention(id, context);
      } else yield found;
    }
    context.reportClaim?.({ of: 'cases', count: ids.size - mentions });
  }

  async *list(
    { sourceCaseId, expected }: RecordsCase,
    context: RunContext,
    cursor?: string,
  ): AsyncIterable<{ document: RecordsDocument; cursor?: string }> {
    const { signal } = context;
    const subject = { sourceCaseId, name: `Dokumentlisten for sagen med id ${sourceCaseId}` };
    const documents = await readOrGap(documentsOf(this.soap, sourceCaseId, signal), subject, context);
    const notesSubject = { ...subject, name: `Journalnotaterne på sagen med id ${sourceCaseId}` };
    const notes = await readOrGap(memosOf(this.soap, sourceCaseId, signal), notesSubject, context);
    const main = documents?.filter(({ parentSourceDocumentId: parent }) => parent === undefined);
    if (main) this.reconcile('documents', main.length, expected?.documents, sourceCaseId, context);
    if (notes) this.reconcile('notes', notes.length, expected?.notes, sourceCaseId, context);
    const found = [...(documents ?? []), ...(notes ?? [])];
    yield* afterCursor(found, cursor);
  }

  async fetch(
    document: RecordsDocument,
    sourceFileId: string,
    { signal }: RunContext,
  ): Promise<{ stream: Readable; mediaType?: string; size?: number; version?: string }> {
    const { file, asked } = listedFile(document, sourceFileId);
    const { reference, version } = referenceOf(sourceFileId);
    return { ...(await this.soap.file(reference, version, { name: file.name }, asked, signal)), version };
  }

  async close(): Promise<void> {
    await Promise.all([this.windows.close(), this.pages.close(), this.services.close()]);
  }

  private async search(
    numbers: string[],
    signal: AbortSignal,
  ): Promise<{ searched: Set<string>; named: Map<string, NamedCase> }> {
    const searched = new Set<string>();
    const named = new Map<string, NamedCase>();
    const types = await caseTypes(this.soap, signal);
    for (const number of numbers) {
      if (await isKnownContact(this.pages, this.settings, number, signal)) {
        for (const id of await searchedCaseIds(this.pages, this.settings, types, number, signal)) searched.add(id);
      }
      for (const each of await namedCases(this.soap, types, number, signal)) named.set(each.id, each);
    }
    return { searched, named };
  }

  private reconcile(
    of: 'documents' | 'notes',
    listed: number,
    said: number | undefined,
    sourceCaseId: string,
    context: RunContext,
  ): void {
    context.reportClaim?.({ of, count: said ?? listed, sourceCaseId });
    if (said === undefined || said === listed) return;
    const text = sentence(
      `the ${of} of case ${sourceCaseId}`,
      `named ${said} and listed ${listed}; the list is not whole`,
    );
    throw new SourceError('truncated', text, true);
  }
}

/** Both searches should find a case of which the citizen is the primary party. */
function reportLeftOut(id: string, context: RunContext): void {
  const cause = new SourceError(
    'truncated',
    sentence('the case list', `left out case ${id}; the list is not whole`),
    true,
  );
  const text = `Sagslisten i Acadre udelod sagen med id ${id}, som tjenesten nævner. Listen kan mangle flere sager.`;
  reportGap(context, { kind: 'count_mismatch', sourceCaseId: id, sentence: text }, cause);
}

/** The page search is a free one: it may find cases in which the citizen has no part. */
function reportMention(id: string, context: RunContext): void {
  const cause = new SourceError(
    'contract',
    sentence('the case list', `named case ${id}, which is about others`),
    false,
  );
  const text = `Søgningen fandt sagen med id ${id}, hvor ingen part har det søgte nummer. Vurder i Acadre, om noget hører med.`;
  reportGap(context, { kind: 'pointer', sourceCaseId: id, sentence: text }, cause);
}
