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
import { openChecked } from '../http/checked-stream';
import { healthBy } from '../health';
import { readOrGap } from '../http/found-gaps';
import { sentence } from '../http/source-errors';
import { folderIdOf, idOf, mailBytes, placeOf, readMails } from './imap-messages';
import { criteria, searchedFolders, searchFolder, type FolderHits } from './imap-search';
import { ImapSession } from './imap-session';
import type { ImapSettings } from './imap-settings';

type Listed = { document: RecordsDocument; cursor?: string };

/**
 * Reads one mailbox by IMAP: every folder, archive and bin included, is searched by both spellings of the number, and a mail
 * is a document without a case whose only file is the mail itself. Folders are opened for reading (EXAMINE) and mails are
 * not marked as read.
 */
export class ImapConnector implements Connector {
  readonly version = 'imap-1';
  readonly coverage: Coverage;
  private readonly session: ImapSession;
  private readonly folderPaths = new Map<string, string>();

  constructor(
    readonly source: Source,
    private readonly settings: ImapSettings,
  ) {
    this.coverage = coverageOf(settings);
    this.session = new ImapSession(settings);
  }

  health(signal: AbortSignal): ReturnType<Connector['health']> {
    return healthBy(() => searchedFolders(this.session, this.settings, signal));
  }

  /** A mailbox has no cases. */
  async *discover(_subject: SearchSubject, { signal }: RunContext): AsyncIterable<RecordsCase> {
    signal.throwIfAborted();
  }

  async *list(recordsCase: RecordsCase): AsyncIterable<Listed> {
    const text = sentence(`case ${recordsCase.sourceCaseId}`, 'is a mailbox and has no cases');
    throw new SourceError('not_found', text, false);
  }

  /** `cursor` is the id of the last mail that was taken; one that is gone starts over. */
  async *listCaseless(subject: SearchSubject, context: RunContext, cursor?: string): AsyncIterable<Listed> {
    const hits = await this.search(subject, context);
    context.reportClaim?.({ of: 'documents', count: hits.reduce((sum, { uids }) => sum + uids.length, 0) });
    let waitsForCursor = hits.some((each) => each.uids.some((uid) => idOf(each, uid) === cursor));
    for (const each of hits) {
      const left = each.uids.filter((uid) => {
        const isTaken = waitsForCursor;
        if (idOf(each, uid) === cursor) waitsForCursor = false;
        return !isTaken;
      });
      for (let at = 0; at < left.length; at += this.settings.pageSize) {
        const page = left.slice(at, at + this.settings.pageSize);
        const mails = await readMails(this.session, each, page, this.settings, context.signal);
        for (const document of mails) yield { document, cursor: document.sourceDocumentId };
      }
    }
  }

  async fetch(
    document: RecordsDocument,
    sourceFileId: string,
    { signal }: RunContext,
  ): Promise<{ stream: Readable; mediaType?: string; size?: number; version?: string }> {
    const file = document.files.find((candidate) => candidate.sourceFileId === sourceFileId);
    const asked = `mail ${document.sourceDocumentId}`;
    const place = placeOf(document.sourceDocumentId);
    if (!file || !place)
      throw new SourceError('not_found', sentence(asked, 'has no such file in this document'), false);
    const path = await this.pathOf(place.folderId, asked, signal);
    const bytes = mailBytes(this.session, path, place, asked, signal);
    const { stream } = await openChecked(bytes, { name: file.name, size: file.size }, asked);
    return { stream, mediaType: 'message/rfc822', size: file.size, version: file.version };
  }

  /** Lets go of the connection. */
  close(): Promise<void> {
    return this.session.close();
  }

  private async search(subject: SearchSubject, context: RunContext): Promise<FolderHits[]> {
    const query = criteria(subject, this.settings);
    const hits: FolderHits[] = [];
    for (const folder of await searchedFolders(this.session, this.settings, context.signal)) {
      this.folderPaths.set(folderIdOf(folder.path), folder.path);
      const name = `En mappe i postkassen (${folderIdOf(folder.path)})`;
      const found = await readOrGap(searchFolder(this.session, folder, query, context.signal), { name }, context);
      if (found) hits.push(found);
    }
    if (hits.length === 0) {
      const text = sentence('the search of the mailbox', 'let the service account into none of its folders');
      throw new SourceError('forbidden', text, false);
    }
    return hits;
  }

  private async pathOf(folderId: string, asked: string, signal: AbortSignal): Promise<string> {
    if (!this.folderPaths.has(folderId)) {
      for (const { path } of await searchedFolders(this.session, this.settings, signal)) {
        this.folderPaths.set(folderIdOf(path), path);
      }
    }
    const path = this.folderPaths.get(folderId);
    if (path === undefined)
      throw new SourceError('not_found', sentence(asked, 'does not have its folder any more'), false);
    return path;
  }
}

export function coverageOf({
  skippedFolders,
  alsoByName,
}: Pick<ImapSettings, 'skippedFolders' | 'alsoByName'>): Coverage {
  const skipped = skippedFolders.map((folder) => `Mappen »${folder}« er ikke søgt igennem.`);
  return {
    partyRoles: ['primary', 'secondary'],
    includesClosed: true,
    includesDrafts: true,
    includesJournalNotes: false,
    includesDeleted: false,
    rightsLimited: true,
    knownGaps: [
      alsoByName
        ? 'Mails findes ved personnummer og navn; en mail, hvor ingen af dem står, findes ikke.'
        : 'Mails findes ved personnummer; en mail, hvor nummeret ikke står, findes ikke.',
      'Søgningen ser ikke ind i vedhæftede PDF-filer, Word-filer og billeder.',
      'Krypterede mails kan ikke søges.',
      ...skipped,
    ],
  };
}
