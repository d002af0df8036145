import { createHash } from 'node:crypto';
import { Transform, type Readable } from 'node:stream';
import { SourceError, type JournalEntry, type JournalPort } from '../../contracts';
import { contractError, sentence } from '../http/source-errors';
import type { OAuthToken } from '../http/oauth-token';
import { SourceHttp } from '../http/source-http';
import { wireOf, type Wire } from '../http/wire';
import type { SbsysSettings } from './sbsys-settings';
import { sbsysLogin } from './sbsys-login';
import { idOf, listOf } from './sbsys-wire';

const JSON_BODY = { 'content-type': 'application/json' };

/**
 * Journalises in SBSYS through an account of its own (never the reader's). An entry is found by its key before anything is
 * written, and files that are there already are not sent again, so that the same entry twice is one entry in the journal
 * and a run that was killed in the middle is carried on. The write routes are those of the stand-in: a draft until a vendor
 * has shown the real ones.
 */
export class SbsysJournal implements JournalPort {
  private readonly token: OAuthToken;
  private readonly http: SourceHttp;

  constructor(settings: SbsysSettings) {
    this.token = sbsysLogin(settings);
    this.http = new SourceHttp(settings.baseUrl, settings, this.token);
  }

  async journalise(entry: JournalEntry, signal: AbortSignal): Promise<{ journalId: string }> {
    const held = (await this.find(entry, signal)) ?? (await this.create(entry, signal));
    const journalId = idOf(held, asking(entry));
    if (held.Faerdig === true) return { journalId };
    const received = Array.isArray(held.ModtagneFiler) ? held.ModtagneFiler : [];
    for (const index of entry.files.keys()) {
      if (!received.includes(index)) await this.send(entry, journalId, index, signal);
    }
    const path = `/api/journalisering/${journalId}/faerdig`;
    await this.http.json({ method: 'POST', path, asked: asking(entry), headers: JSON_BODY, body: '{}' }, signal);
    return { journalId };
  }

  async close(): Promise<void> {
    await Promise.all([this.http.close(), this.token.close()]);
  }

  private async find(entry: JournalEntry, signal: AbortSignal): Promise<Wire | undefined> {
    const asked = asking(entry);
    const body = JSON.stringify({ Noegle: entry.key });
    const call = { method: 'POST', path: '/api/journalisering/search', asked, headers: JSON_BODY, body } as const;
    const { items } = listOf(await this.http.json(call, signal), asked);
    if (items.length > 1) throw contractError(asked, 'holds more than one entry with the same key');
    return items[0];
  }

  /** Not tried again blindly: after a failure the key is looked up first, by the next run of the job. */
  private async create(entry: JournalEntry, signal: AbortSignal): Promise<Wire> {
    const asked = asking(entry);
    const body = JSON.stringify({
      Noegle: entry.key,
      SagsNummer: entry.caseNumber,
      Type: entry.kind,
      Titel: entry.title,
      Kle: entry.kle,
      Facet: entry.facet,
      Dato: entry.at,
      Filer: entry.files.map(({ name, mediaType, sha256 }) => ({ Navn: name, MedieType: mediaType, Sha256: sha256 })),
    });
    const call = {
      method: 'POST',
      path: '/api/journalisering',
      asked,
      headers: JSON_BODY,
      body,
      retry: false,
    } as const;
    return wireOf(await this.http.json(call, signal), asked);
  }

  private async send(entry: JournalEntry, journalId: string, index: number, signal: AbortSignal): Promise<void> {
    const file = entry.files[index];
    const asked = `file ${index + 1} of journal entry ${journalId}`;
    const body = hashed(await file.open(), file.sha256, asked);
    const path = `/api/journalisering/${journalId}/fil/${index}`;
    // A stream can be sent once only; a failure is carried on by the next run.
    const headers = { 'content-type': file.mediaType };
    await this.http.json({ method: 'PUT', path, asked, headers, body, retry: false }, signal);
  }
}

function asking(entry: JournalEntry): string {
  return `the journal entry of kind ${entry.kind}`;
}

/** Passes the bytes on and fails before the end when they are not the ones that were approved. */
function hashed(source: Readable, sha256: string, asked: string): Readable {
  const hash = createHash('sha256');
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      if (hash.digest('hex') === sha256.toLowerCase()) return done();
      const text = sentence(asked, 'was not given the file: its SHA-256 is not the one that was approved');
      done(new SourceError('integrity', text, false));
    },
  });
  source.on('error', (error) => check.destroy(error));
  return source.pipe(check);
}
