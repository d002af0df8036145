import { SourceError } from '../../contracts';
import { SourceHttp, type Credentials } from '../http/source-http';
import { contractError } from '../http/source-errors';
import type { SbsysSettings } from './sbsys-settings';
import { isRecord } from './sbsys-wire';

/** Renewed this long before it runs out, so that it does not die on the way. */
const EARLY_MS = 15_000;

/** Access tokens by password grant (Keycloak, realm `sbsip`). One request at a time; the token is kept in memory only. */
export class SbsysToken implements Credentials {
  private readonly http: SourceHttp;
  private held?: { token: string; endsAt: number };
  private asking?: Promise<string>;

  constructor(private readonly settings: SbsysSettings) {
    this.http = new SourceHttp(settings.tokenUrl, settings);
  }

  async token(signal: AbortSignal): Promise<string> {
    if (this.held && Date.now() < this.held.endsAt) return this.held.token;
    return this.ask(signal);
  }

  /** A new token, unless another caller has renewed the stale one already. */
  async renew(stale: string, signal: AbortSignal): Promise<string> {
    if (this.held && this.held.token !== stale) return this.held.token;
    this.held = undefined;
    return this.ask(signal);
  }

  async close(): Promise<void> {
    await this.http.close();
  }

  private ask(signal: AbortSignal): Promise<string> {
    this.asking ??= this.request(signal).finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async request(signal: AbortSignal): Promise<string> {
    const { clientId, clientSecret, username, password, tokenUrl } = this.settings;
    const form = { grant_type: 'password', client_id: clientId, client_secret: clientSecret, username, password };
    const asked = 'an access token';
    const answer = await this.http
      .json(
        {
          method: 'POST',
          path: new URL(tokenUrl).pathname,
          asked,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams(form).toString(),
        },
        signal,
      )
      .catch(refusedAsAuth);
    if (!isRecord(answer) || typeof answer.access_token !== 'string') {
      throw contractError(asked, 'answered without an access token');
    }
    const seconds = typeof answer.expires_in === 'number' ? answer.expires_in : 60;
    this.held = { token: answer.access_token, endsAt: Date.now() + Math.max(0, seconds * 1000 - EARLY_MS) };
    return this.held.token;
  }
}

/** Keycloak says 400 or 401 to a wrong password; both are the account's fault, not the contract's. */
function refusedAsAuth(error: unknown): never {
  if (error instanceof SourceError && error.message.includes('(HTTP 400)')) {
    const text = 'Asking for an access token: the service account was refused; check its name, password and client.';
    throw new SourceError('auth', text, false);
  }
  throw error;
}
