import { createHash } from 'node:crypto';
import type { FetchMessageObject } from 'imapflow';
import { SourceError, type RecordsDocument } from '../../contracts';
import { contractError, sentence } from '../http/source-errors';
import type { Folder, FolderHits } from './imap-search';
import type { ImapSession } from './imap-session';
import type { ImapSettings } from './imap-settings';

/** `folder.uidvalidity.uid`: where a mail lies, for as long as the server does not rebuild the folder. */
export interface MailPlace {
  folderId: string;
  uidValidity: string;
  uid: number;
}

const PLACE = /^([0-9a-f]{16})\.(\d{1,20})\.(\d{1,10})$/;
/** Bytes of one part of a mail as it is fetched. */
const CHUNK = 1024 * 1024;
const DANISH_DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen' });

/** A folder's id: names of folders may be names of citizens, and ids are kept in the clear. */
export function folderIdOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}

export function placeOf(id: string): MailPlace | undefined {
  const [, folderId, uidValidity, uid] = PLACE.exec(id) ?? [];
  return folderId === undefined ? undefined : { folderId, uidValidity, uid: Number(uid) };
}

export function idOf({ folder, uidValidity }: FolderHits, uid: number): string {
  return `${folderIdOf(folder.path)}.${uidValidity}.${uid}`;
}

/** The mails with these numbers, in their order, as documents. */
export async function readMails(
  session: ImapSession,
  hits: FolderHits,
  uids: number[],
  { exactSizes }: ImapSettings,
  signal: AbortSignal,
): Promise<RecordsDocument[]> {
  const asked = 'the mails of a folder';
  const fields = { uid: true, envelope: true, size: true, internalDate: true };
  const found = await session.inFolder(hits.folder.path, asked, signal, async (client, uidValidity) => {
    if (uidValidity !== hits.uidValidity) throw rebuilt(asked);
    const rows = new Map<number, FetchMessageObject>();
    for await (const row of client.fetch(uids.join(','), fields, { uid: true })) rows.set(row.uid, row);
    return rows;
  });
  return uids.map((uid) => {
    const mail = found.get(uid);
    if (!mail) {
      const text = sentence(asked, 'left out a mail that its search had found; it is asked again');
      throw new SourceError('truncated', text, true);
    }
    // No mail is empty; the library makes 0 of what it cannot read.
    if (!mail.size || !Number.isSafeInteger(mail.size))
      throw contractError(asked, 'left out the size of a mail (RFC822.SIZE)');
    if (Object.keys(mail.envelope ?? {}).length === 0) throw contractError(asked, 'left out the envelope of a mail');
    return documentOf(mail, hits, exactSizes ? mail.size : undefined);
  });
}

function documentOf(mail: FetchMessageObject, hits: FolderHits, size: number | undefined): RecordsDocument {
  const id = idOf(hits, mail.uid);
  const title = mail.envelope?.subject?.trim() || '(uden emne)';
  const sent = mail.envelope?.date ?? mail.internalDate;
  const date = sent === undefined ? undefined : new Date(sent);
  return {
    sourceDocumentId: id,
    kind: 'mail',
    title,
    documentDate: date && !Number.isNaN(date.getTime()) ? DANISH_DAY.format(date) : undefined,
    ...wayOf(hits.folder),
    files: [
      {
        sourceFileId: `${id}.eml`,
        name: fileName(title),
        mediaType: 'message/rfc822',
        size,
        version: hits.uidValidity,
      },
    ],
  };
}

/** A mailbox does not say which way a mail went, but for what lies in its own folder of sent mails. */
function wayOf({ specialUse }: Folder): Pick<RecordsDocument, 'direction' | 'state'> {
  if (specialUse === '\\Sent') return { direction: 'ud', state: 'final' };
  if (specialUse === '\\Drafts') return { direction: 'intern', state: 'draft' };
  return { direction: 'ind', state: 'final' };
}

function fileName(title: string): string {
  const safe = title.replace(/[\\/:*?"<>|\u0000-\u001f\u007f]+/g, ' ').trim();
  return `${safe.slice(0, 120) || 'mail'}.eml`;
}

/** The whole mail, headers and attachments, part by part; nothing is marked as read (BODY.PEEK). */
export async function* mailBytes(
  session: ImapSession,
  path: string,
  place: MailPlace,
  asked: string,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let read = 0;
  for (;;) {
    signal.throwIfAborted();
    const { chunk, size } = await session.inFolder(path, asked, signal, async (client, uidValidity) => {
      if (uidValidity !== place.uidValidity) throw rebuilt(asked);
      const query = { uid: true, size: true, source: { start: read, maxLength: CHUNK } };
      const row = await client.fetchOne(String(place.uid), query, { uid: true });
      if (!row) throw new SourceError('not_found', sentence(asked, 'does not have it any more'), false);
      if (!Buffer.isBuffer(row.source)) throw contractError(asked, 'answered without the text of the mail');
      return { chunk: row.source, size: row.size };
    });
    read += chunk.length;
    if (chunk.length > 0) yield chunk;
    if (chunk.length === CHUNK) continue;
    // Fewer bytes than asked for are the end of the mail, or of an answer that was cut.
    if (size !== undefined && read < size && chunk.length === 0) {
      throw new SourceError('truncated', sentence(asked, 'stopped before the mail was whole; it is tried again'), true);
    }
    if (size === undefined || read >= size || chunk.length === 0) return;
  }
}

function rebuilt(asked: string): SourceError {
  const text = sentence(asked, 'has rebuilt the folder since it was searched (UIDVALIDITY); it is read again');
  return new SourceError('truncated', text, true);
}
