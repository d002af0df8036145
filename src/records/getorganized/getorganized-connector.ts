import type { Readable } from 'node:stream';
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
import { NtlmLogin } from '../http/ntlm-login';
import { SourceHttp } from '../http/source-http';
import { wiresOf } from '../http/wire';
import { afterCursor, listedFile } from '../listed';
import { CONTACT, findCaseIds, findSubCaseIds, jsonBody, readCase } from './getorganized-cases';
import { listDocuments, parentOf } from './getorganized-documents';
import { followPointer, isPointer, openFile } from './getorganized-files';
import type { GetOrganizedSettings } from './getorganized-settings';

/**
 * Reads GetOrganized through its API and that of the SharePoint below it, with NTLM on one connection. Written from
 * published clients, not from the vendor's documentation: a draft until a municipality has run it. It never writes.
 */
export class GetOrganizedConnector implements Connector {
  readonly version = 'getorganized-1';
  readonly coverage: Coverage;
  private readonly http: SourceHttp;

  constructor(
    readonly source: Source,
    private readonly settings: GetOrganizedSettings,
  ) {
    this.coverage = coverageOf(settings);
    this.http = new SourceHttp(settings.baseUrl, settings, undefined, new NtlmLogin(settings));
  }

  /** A search for a case that nobody has. */
  health(signal: AbortSignal): ReturnType<Connector['health']> {
    const asked = 'a case that nobody has';
    const body = jsonBody({ CaseIdFilter: 'AKT-1900-000000', StartItemIndex: 0, ItemCount: 1 });
    const call = { method: 'POST', path: '/_goapi/Cases/FindCases', asked, ...body } as const;
    return healthBy(async () => wiresOf(await this.http.json(call, signal), asked, 'CasesInfo'));
  }

  /** Every case once, whichever spelling of whichever number found it, each followed by its sub-cases. */
  async *discover(subject: { cprs: string[] }, context: RunContext): AsyncIterable<RecordsCase> {
    const seen = new Set<string>();
    for (const spelling of subject.cprs.flatMap(spellingsOf)) {
      for (const field of [CONTACT, ...this.settings.partyFields]) {
        const waiting = await findCaseIds(this.http, this.settings, [field, spelling], context.signal);
        for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
          if (seen.has(id)) continue;
          seen.add(id);
          const about = { sourceCaseId: id, name: `Sag ${id}` };
          const found = await readOrGap(readCase(this.http, this.settings, id, context.signal), about, context);
          if (found) yield found.recordsCase;
          waiting.unshift(...(await findSubCaseIds(this.http, this.settings, id, context.signal)));
        }
      }
    }
  }

  /** `cursor` is the id of the last item that was taken; one that is gone starts over. */
  async *list(
    recordsCase: RecordsCase,
    context: RunContext,
    cursor?: string,
  ): AsyncIterable<{ document: RecordsDocument; cursor?: string }> {
    const { sourceCaseId } = recordsCase;
    const found = await readCase(this.http, this.settings, sourceCaseId, context.signal);
    const about = { sourceCaseId, name: `Dokumentlisten på sag ${sourceCaseId}` };
    const documents = (await readOrGap(listDocuments(this.http, found, context), about, context)) ?? [];
    const listed = new Set(documents.map((document) => document.sourceDocumentId));
    for (const { document } of afterCursor(documents, cursor)) {
      const given = isPointer(document) ? await followPointer(this.http, document, context) : document;
      if (!given) continue;
      const parent = await parentOf(this.http, document.sourceDocumentId, context.signal);
      const attached = parent !== undefined && listed.has(parent) ? { parentSourceDocumentId: parent } : {};
      yield { document: { ...given, ...attached }, cursor: document.sourceDocumentId };
    }
  }

  async fetch(
    document: RecordsDocument,
    sourceFileId: string,
    { signal }: RunContext,
  ): Promise<{ stream: Readable; mediaType?: string; size?: number; version?: string }> {
    const { file, asked } = listedFile(document, sourceFileId);
    return { ...(await openFile(this.http, file, asked, signal)), size: file.size, version: file.version };
  }

  async close(): Promise<void> {
    await this.http.close();
  }
}

export function coverageOf({ partyFields }: Pick<GetOrganizedSettings, 'partyFields'>): Coverage {
  const gaps = [
    'Sager og dokumenter, som servicekontoen ikke har rettigheder til, er ikke med i svarene, og antal oplyses ikke.',
    'Opgaver og ældre versioner af dokumenter læses ikke.',
  ];
  if (partyFields.length === 0) gaps.push('Sager, hvor borgeren kun er part og ikke sagens kontakt, findes ikke.');
  return {
    partyRoles: partyFields.length > 0 ? ['primary', 'secondary'] : ['primary'],
    includesClosed: true,
    includesDrafts: true,
    includesJournalNotes: false,
    includesDeleted: false,
    rightsLimited: true,
    knownGaps: gaps,
  };
}

/** Installations hold the number with and without a hyphen. */
function spellingsOf(cpr: string): string[] {
  const digits = cpr.replace(/\D/g, '');
  return [digits, `${digits.slice(0, 6)}-${digits.slice(6)}`];
}
