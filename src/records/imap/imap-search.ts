import type { ImapFlow, SearchObject } from 'imapflow';
import { SourceError, type SearchSubject } from '../../contracts';
import { contractError, sentence } from '../http/source-errors';
import type { ImapSession } from './imap-session';
import type { ImapSettings } from './imap-settings';

export interface Folder {
  path: string;
  specialUse?: string;
}

/** What was found in one folder. */
export interface FolderHits {
  folder: Folder;
  uidValidity: string;
  /** Ascending. */
  uids: number[];
}

const FOLDERS = 'the list of folders';

/** Every folder that can hold mails, in the order of their names. */
export async function searchedFolders(
  session: ImapSession,
  { skippedFolders }: ImapSettings,
  signal: AbortSignal,
): Promise<Folder[]> {
  const listed = await session.run(FOLDERS, signal, (client) => client.list());
  if (!Array.isArray(listed) || listed.length === 0) throw contractError(FOLDERS, 'answered without a single folder');
  return listed
    .filter(
      ({ path, flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent') && !skippedFolders.includes(path),
    )
    .map(({ path, specialUse }) => ({ path, specialUse }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Both spellings of every number; name and addresses when the settings ask for them. */
export function criteria({ cprs, names = [], emails = [] }: SearchSubject, settings: ImapSettings): SearchObject {
  const spellings = cprs
    .map((cpr) => cpr.replace(/\D/g, ''))
    .flatMap((cpr) => [cpr, `${cpr.slice(0, 6)}-${cpr.slice(6)}`]);
  const words = [...spellings, ...(settings.alsoByName ? names : []), ...(settings.alsoByEmail ? emails : [])];
  const [first, ...others] = [...new Set(words)].map((text): SearchObject => ({ text }));
  if (!first) throw new Error('A mailbox is searched for nobody; give at least one number.');
  return others.length === 0 ? first : { or: [first, ...others] };
}

/** The mails of one folder that the server finds; it looks through headers, texts and text attachments. */
export async function searchFolder(
  session: ImapSession,
  folder: Folder,
  query: SearchObject,
  signal: AbortSignal,
): Promise<FolderHits> {
  const asked = 'the search of a folder';
  return session.inFolder(folder.path, asked, signal, async (client, uidValidity) => {
    session.takeFault();
    const answer = await client.search(query, { uid: true, returnOptions: ['COUNT', 'ALL'] });
    // The library says `false` for a refusal; an empty folder is an empty list.
    if (answer === false) throw session.takeFault() ?? contractError(asked, 'did not answer');
    return { folder, uidValidity, uids: Array.isArray(answer) ? answer : uidsOf(answer, client, asked) };
  });
}

/** The answer of a server that also states how many there are (ESEARCH, RFC 4731). */
function uidsOf({ count, all }: { count?: number; all?: string }, client: ImapFlow, asked: string): number[] {
  if (count === undefined) throw contractError(asked, 'did not say how many mails it found');
  const exists = client.mailbox ? client.mailbox.exists : 0;
  if (count > exists) throw contractError(asked, 'found more mails than the folder holds');
  const uids = [...new Set(expanded(all ?? '', count))].sort((a, b) => a - b);
  if (uids.length === count) return uids;
  const text = sentence(asked, `says that it found ${count} mails and names ${uids.length}; it is asked again`);
  throw new SourceError('truncated', text, true);
}

/** `2,4:7` as numbers, never many more than `most`: the ranges come from outside. */
function* expanded(set: string, most: number): Generator<number> {
  let given = 0;
  for (const part of set.split(',').filter((each) => each !== '')) {
    const [first, last = first] = part.split(':').map(Number);
    for (let uid = Math.min(first, last); uid <= Math.max(first, last) && given <= most; uid += 1) {
      given += 1;
      yield uid;
    }
  }
}
