import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
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
import { readOrGap } from '../http/found-gaps';
import { contractError, sentence } from '../http/source-errors';
import { SourceHttp } from '../http/source-http';
import { encodePath, propfind, readFolder, type DavEntry } from './dav-listing';
import type { WebDavSettings } from './webdav-settings';

type Listed = { document: RecordsDocument; cursor?: string };

const CITIZEN_FOLDER = "a citizen's folder";
const CASE_FOLDER = 'a folder of a citizen';

export const WEBDAV_COVERAGE: Coverage = {
  partyRoles: ['primary'],
  includesClosed: true,
  includesDrafts: true,
  includesJournalNotes: false,
  includesDeleted: false,
  rightsLimited: true,
  knownGaps: ['Kun det, som ligger i borgerens egen mappe; en fil i en andens mappe findes ikke.'],
};

/**
 * Reads a citizen's folder on a WebDAV server: a folder in it is a case, everything below that its documents, and a file
 * that lies directly in the citizen's folder is a document without a case. It only asks by PROPFIND and GET.
 */
export class WebDavConnector implements Connector {
  readonly version = 'webdav-1';
  readonly coverage = WEBDAV_COVERAGE;
  private readonly http: SourceHttp;
  private readonly root: string;
  private readonly headers: Record<string, string>;
  /** Where the things with these ids are: paths hold numbers and names, and never leave this object. */
  private readonly places = new Map<string, DavEntry>();

  constructor(
    readonly source: Source,
    private readonly settings: WebDavSettings,
  ) {
    const { baseUrl, username, password } = settings;
    this.http = new SourceHttp(baseUrl, settings);
    this.root = decodeURIComponent(new URL(baseUrl).pathname).replace(/\/+$/, '');
    this.headers = { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
  }

  health(signal: AbortSignal): ReturnType<Connector['health']> {
    return healthBy(() => propfind(this.http, `${this.root}/`, '0', 'the root of the server', signal, this.headers));
  }

  async *discover(subject: SearchSubject, { signal }: RunContext): AsyncIterable<RecordsCase> {
    for (const entry of await this.citizenEntries(subject, signal)) {
      if (entry.isFolder) yield { sourceCaseId: this.idOf(entry), title: entry.name, parties: [] };
    }
  }

  /** `cursor` is the id of the last document that was taken; one that is gone starts over. */
  async *list({ sourceCaseId }: RecordsCase, context: RunContext, cursor?: string): AsyncIterable<Listed> {
    const place = this.places.get(sourceCaseId);
    if (!place) throw new SourceError('not_found', sentence(CASE_FOLDER, 'has not listed it in this run'), false);
    const name = `En mappe i borgerens mappe (${sourceCaseId})`;
    const files = await readOrGap(this.filesBelow(place.path, context), { sourceCaseId, name }, context);
    yield* this.after(files ?? [], cursor, sourceCaseId);
  }

  async *listCaseless(subject: SearchSubject, { signal }: RunContext, cursor?: string): AsyncIterable<Listed> {
    const files = (await this.citizenEntries(subject, signal)).filter(({ isFolder }) => !isFolder);
    yield* this.after(files, cursor);
  }

  async fetch(
    document: RecordsDocument,
    sourceFileId: string,
    { signal }: RunContext,
  ): Promise<{ stream: Readable; mediaType?: string; size?: number; version?: string }> {
    const file = document.files.find((candidate) => candidate.sourceFileId === sourceFileId);
    const place = this.places.get(sourceFileId);
    const asked = `file ${sourceFileId}`;
    if (!file || !place) throw new SourceError('not_found', sentence(asked, 'has not listed it in this run'), false);
    const call = { method: 'GET', path: encodePath(place.path), asked, headers: this.headers } as const;
    const opened = await this.http.file(call, { name: file.name, size: file.size }, signal);
    return { ...opened, size: file.size, version: file.version };
  }

  /** Lets go of the connections that are kept open. */
  close(): Promise<void> {
    return this.http.close();
  }

  /** What lies in the folders of all the citizen's numbers; a folder that is not there is "nothing" when the one above it is. */
  private async citizenEntries({ cprs }: SearchSubject, signal: AbortSignal): Promise<DavEntry[]> {
    const entries: DavEntry[] = [];
    for (const folder of this.settings.folders) {
      for (const cpr of new Set(cprs.map((each) => each.replace(/\D/g, '')))) {
        const own = folder.replace('{cpr}', cpr).replace('{cpr-}', `${cpr.slice(0, 6)}-${cpr.slice(6)}`);
        const path = `${this.root}/${own}`.replace(/\/+$/, '');
        entries.push(...((await this.entriesOrNothing(path, signal)) ?? []));
      }
    }
    for (const entry of entries) this.places.set(this.idOf(entry), entry);
    return entries;
  }

  private async entriesOrNothing(path: string, signal: AbortSignal): Promise<DavEntry[] | undefined> {
    try {
      return await readFolder(this.http, path, CITIZEN_FOLDER, signal, this.headers);
    } catch (error) {
      if (!(error instanceof SourceError) || error.errorClass !== 'not_found') throw error;
      await this.refuseWrongPlace(path, signal);
      return undefined;
    }
  }

  /** A server that was moved answers "not found" to every citizen: that is no claim that there is nothing. */
  private async refuseWrongPlace(path: string, signal: AbortSignal): Promise<void> {
    const above = `${path.slice(0, path.lastIndexOf('/'))}/`;
    try {
      await propfind(this.http, above, '0', 'the folder of all citizens', signal, this.headers);
    } catch (error) {
      if (!(error instanceof SourceError) || error.errorClass !== 'not_found') throw error;
      throw contractError('the folder of all citizens', 'does not have it; set "folders" of the source');
    }
  }

  private async filesBelow(path: string, context: RunContext): Promise<DavEntry[]> {
    const files: DavEntry[] = [];
    for (const entry of await readFolder(this.http, path, CASE_FOLDER, context.signal, this.headers)) {
      if (!entry.isFolder) files.push(entry);
      else {
        const name = `En undermappe i borgerens mappe (${this.idOf(entry)})`;
        files.push(...((await readOrGap(this.filesBelow(entry.path, context), { name }, context)) ?? []));
      }
    }
    return files;
  }

  private *after(files: DavEntry[], cursor: string | undefined, sourceCaseId?: string): Generator<Listed> {
    const taken = files.findIndex((file) => this.idOf(file) === cursor);
    for (const file of files.slice(taken + 1)) {
      const id = this.idOf(file);
      this.places.set(id, file);
      yield { document: documentOf(id, file, sourceCaseId), cursor: id };
    }
  }

  /** Stable for as long as nobody moves it; a path is kept nowhere, since it holds a number and maybe a name. */
  private idOf({ path }: DavEntry): string {
    return createHash('sha256').update(path.slice(this.root.length)).digest('hex').slice(0, 24);
  }
}

function documentOf(id: string, file: DavEntry, sourceCaseId: string | undefined): RecordsDocument {
  return {
    sourceDocumentId: id,
    sourceCaseId,
    kind: 'document',
    title: file.name.replace(/\.[a-z0-9]{1,5}$/i, ''),
    documentDate: file.day,
    state: 'unknown',
    files: [{ sourceFileId: id, name: file.name, mediaType: file.mediaType, size: file.size, version: file.etag }],
  };
}
