import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { JournalEntry } from '../../contracts';
import { SbsysStandIn } from '../../sandbox/sbsys/standin';
import { checkedSettings } from '../settings';
import { SbsysJournal } from './sbsys-journal';
import { SbsysSettings } from './sbsys-settings';

const { signal } = new AbortController();
const LETTER = Buffer.from('%PDF-1.7 afgørelse');
const PACKAGE = Buffer.from('%PDF-1.7 aktindsigt');

function entry(change: Partial<JournalEntry> = {}): JournalEntry {
  const files = [LETTER, PACKAGE].map((bytes, index) => ({
    name: `fil-${index}.pdf`,
    mediaType: 'application/pdf',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    open: async () => Readable.from([bytes], { objectMode: false }),
  }));
  const facts = { kind: 'package', caseNumber: '27.24.00-A53-1-26', title: 'Aktindsigt', facet: 'A53' } as const;
  return { key: 'request-1/package', ...facts, kle: '27.24.00', at: '2026-11-22T10:00:00Z', files, ...change };
}

describe('journal of SBSYS', () => {
  let standIn: SbsysStandIn;
  let journal: SbsysJournal;
  const settings = (given: object): SbsysSettings =>
    checkedSettings(SbsysSettings, { ...given, retries: 1, retryBaseMs: 1, timeoutMs: 500 }, 'the journal');
  beforeEach(async () => {
    standIn = await new SbsysStandIn([]).start();
    journal = new SbsysJournal(settings(standIn.journalSettings()));
  });

  it('journalises an entry with its files', async () => {
    const { journalId } = await journal.journalise(entry(), signal);
    expect(standIn.journalEntries()).toMatchObject([
      {
        id: Number(journalId),
        facet: 'A53',
        finished: true,
        files: [{ size: LETTER.length }, { size: PACKAGE.length }],
      },
    ]);
    await standIn.stop();
  });

  it('makes one entry of the same key twice', async () => {
    const first = await journal.journalise(entry(), signal);
    expect(await journal.journalise(entry(), signal)).toEqual(first);
    expect(standIn.journalEntries()).toHaveLength(1);
    await standIn.stop();
  });

  it('carries on where a run was broken off, without sending a file twice', async () => {
    // The look-up, the making and the first file go well.
    standIn.fault({ route: 'journal', kind: '503', after: 3 });
    await expect(journal.journalise(entry(), signal)).rejects.toMatchObject({ errorClass: 'unavailable' });
    await journal.journalise(entry(), signal);
    expect(standIn.journalEntries()).toMatchObject([{ finished: true }]);
    const sent = standIn.requests.filter((request) => request.startsWith('PUT'));
    expect(sent.map((request) => request.at(-1))).toEqual(['0', '1', '1']);
    await standIn.stop();
  });

  it('can come again when the token dies while a file is sent', async () => {
    standIn.fault({ route: 'journal', kind: '401', after: 2 });
    await expect(journal.journalise(entry(), signal)).rejects.toMatchObject({ errorClass: 'auth', retryable: true });
    await journal.journalise(entry(), signal);
    expect(standIn.journalEntries()).toMatchObject([{ finished: true }]);
    await standIn.stop();
  });

  it('does not finish an entry whose file is not the one that was approved', async () => {
    const files = entry().files.map((file) => ({ ...file, open: async () => Readable.from([Buffer.from('other')]) }));
    await expect(journal.journalise(entry({ files }), signal)).rejects.toMatchObject({ errorClass: 'integrity' });
    expect(standIn.journalEntries()).toMatchObject([{ finished: false }]);
    await standIn.stop();
  });

  it('cannot be run by the reading account, and the stand-in tells of the attempt when it stops', async () => {
    await standIn.stop();
    const watched = await new SbsysStandIn([]).start();
    const reader = await tokenOf(watched);
    const answer = await fetch(`${watched.address}/api/journalisering`, {
      method: 'POST',
      headers: { authorization: `Bearer ${reader}` },
      body: '{}',
    });
    expect(answer.status).toBe(403);
    await expect(watched.stop()).rejects.toThrow('tried to write: POST /api/journalisering');
  });
});

async function tokenOf(standIn: SbsysStandIn): Promise<string> {
  const given = standIn.readerSettings() as Record<string, string>;
  const form = { grant_type: 'password', client_id: given.clientId, client_secret: given.clientSecret };
  const body = new URLSearchParams({ ...form, username: given.username, password: given.password });
  const answer = await fetch(given.tokenUrl, { method: 'POST', body });
  return ((await answer.json()) as { access_token: string }).access_token;
}
