import { createReadStream } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
import { healthBy } from '../health';
import { openChecked } from '../http/checked-stream';
import { MANIFEST, refuseOtherThanListed, type KnownHashes } from './folder-check';
import { reportExpected } from '../reporting';
import type { DropFolderSettings } from './drop-folder-settings';
import { parseManifest, refused, type Manifest, type ManifestCase } from './manifest';

const DAY_MS = 24 * 60 * 60 * 1000;

export const COVERAGE_BEFORE_EXPORT: Coverage = {
  partyRoles: ['primary', 'secondary'],
  includesClosed: true,
  includesDrafts: false,
  includesJournalNotes: true,
  includesDeleted: false,
  rightsLimited: true,
  knownGaps: ['Kun det, som er eksporteret til mappen.'],
};

/** Reads an export that was laid in a folder. The whole folder is checked before anything is said about a citizen. */
export class DropFolderConnector implements Connector {
  readonly version = 'drop-folder-1';
  /** Replaced by the manifest's own words as soon as it has been read. */
  coverage: Coverage = COVERAGE_BEFORE_EXPORT;
  private readonly knownHashes: KnownHashes = new Map();

  constructor(
    readonly source: Source,
    private readonly settings: DropFolderSettings,
  ) {}

  health(signal: AbortSignal): ReturnType<Connector['health']> {
    return healthBy(() => this.readManifest(signal));
  }

  async *discover(subject: { cprs: string[] }, { signal, reportClaim }: RunContext): AsyncIterable<RecordsCase> {
    const manifest = await this.readManifest(signal);
    await refuseOtherThanListed(this.settings.folder, manifest, this.knownHashes, signal);
    const wanted = new Set(subject.cprs.map(digits));
    const isTheirs = ({ cpr }: { cpr?: string }): boolean => cpr !== undefined && wanted.has(digits(cpr));
    const found = manifest.cases.filter(({ parties }) => parties.some(isTheirs));
    reportClaim?.({ of: 'cases', count: found.length });
    for (const item of found) yield caseOf(item, manifest);
  }

  /** `cursor` is the id of the last document that was taken; one that is gone starts over. */
  async *list(
    recordsCase: RecordsCase,
    context: RunContext,
    cursor?: string,
  ): AsyncIterable<{ document: RecordsDocument; cursor?: string }> {
    reportExpected(recordsCase, context);
    const manifest = await this.readManifest(context.signal);
    const documents = manifest.documents.filter((item) => item.sourceCaseId === recordsCase.sourceCaseId);
    const { documents: promised, notes = 0 } = recordsCase.expected ?? {};
    if (promised !== undefined && promised + notes !== documents.length) {
      const text = `The drop folder was exported anew while case ${recordsCase.sourceCaseId} was read; it is read again.`;
      throw new SourceError('truncated', text, true);
    }
    const taken = documents.findIndex((document) => document.sourceDocumentId === cursor);
    for (const item of documents.slice(taken + 1)) {
      const files = manifest.files.filter((file) => file.sourceDocumentId === item.sourceDocumentId);
      yield {
        document: { ...item, files: files.map(({ path: _path, sourceDocumentId: _document, ...file }) => file) },
        cursor: item.sourceDocumentId,
      };
    }
  }

  async fetch(
    document: RecordsDocument,
    sourceFileId: string,
    { signal }: RunContext,
  ): Promise<{ stream: Readable; mediaType?: string; size?: number; version?: string }> {
    const asked = `file ${sourceFileId} of the drop folder`;
    const manifest = await this.readManifest(signal);
    const file = manifest.files.find(
      (item) => item.sourceFileId === sourceFileId && item.sourceDocumentId === document.sourceDocumentId,
    );
    if (!file) throw new SourceError('not_found', `Asking for ${asked}: the manifest does not list it.`, false);
    if (!isInside(file.path)) throw refused('lists a file outside the folder');
    await access(join(this.settings.folder, file.path)).catch(() => {
      throw new SourceError('not_found', `Asking for ${asked}: the folder does not have it any more.`, false);
    });
    const bytes = createReadStream(join(this.settings.folder, file.path), { signal });
    const { stream, mediaType } = await openChecked(bytes, file, asked);
    return { stream, mediaType: file.mediaType ?? mediaType, size: file.size, version: file.version };
  }

  private async readManifest(signal: AbortSignal): Promise<Manifest> {
    let text: string;
    try {
      text = await readFile(join(this.settings.folder, MANIFEST), { encoding: 'utf8', signal });
    } catch (error) {
      if (signal.aborted) throw error;
      const cause = (error as NodeJS.ErrnoException).code ?? 'unreadable';
      const what = `The drop folder has no manifest that can be read (${cause}); nothing can be said about any citizen.`;
      throw new SourceError('unavailable', what, true);
    }
    const manifest = parseManifest(text);
    if (!manifest.files.every((file) => isInside(file.path))) throw refused('lists a file outside the folder');
    this.refuseOld(manifest);
    this.coverage = { ...manifest.coverage, includesDeleted: false };
    return manifest;
  }

  private refuseOld({ exportedAt }: Manifest): void {
    const { oldestDays } = this.settings;
    if (oldestDays === undefined || Date.now() - Date.parse(exportedAt) <= oldestDays * DAY_MS) return;
    throw refused(`is from ${exportedAt.slice(0, 10)} and older than ${oldestDays} days; export it again`);
  }
}

function caseOf(item: ManifestCase, manifest: Manifest): RecordsCase {
  const listed = manifest.documents.filter((document) => document.sourceCaseId === item.sourceCaseId);
  const notes = listed.filter(({ kind }) => kind === 'journalNote').length;
  const expected = { documents: listed.length - notes, notes };
  return { ...item, parties: item.parties.map((party) => ({ ...party })), expected };
}

function digits(cpr: string): string {
  return cpr.replace(/\D/g, '');
}

function isInside(path: string): boolean {
  return !path.startsWith('/') && !path.includes('\\') && !path.split('/').includes('..') && path !== MANIFEST;
}
