import { SourceError } from '../../contracts';
import { contractError } from './source-errors';
import { SourceHttp, type Credentials, type HttpRules } from './source-http';
import { isWire } from './wire';

/** Renewed this long before it runs out, so that it does not die on the way. */
const EARLY_MS = 15_000;
const ASKED = 'an access token';

/**
 * Access tokens of an OAuth2 service account, by the fields of `form` (`grant_type`, `client_id` …). One request at a
 * time; the token is kept in memory only.
 */
export class OAuthToken implements Credentials {
  private readonly http: SourceHttp;
  private held?: { token: string; endsAt: number };
  private asking?: Promise<string>;

  constructor(
    private readonly tokenUrl: string,
    private readonly form: Record<string, string>,
    rules: HttpRules,
    /** For a client that shows its name and secret in a header. */
    private readonly ownHeaders: Record<string, string> = {},
  ) {
    this.http = new SourceHttp(tokenUrl, rules);
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
    const { pathname, search } = new URL(this.tokenUrl);
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...this.ownHeaders };
    const body = new URLSearchParams(this.form).toString();
    const call = { method: 'POST', path: pathname + search, asked: ASKED, headers, body } as const;
    const answer = await this.http.json(call, signal).catch(refusedAsAuth);
    if (!isWire(answer) || typeof answer.access_token !== 'string') {
      throw contractError(ASKED, 'answered without an access token');
    }
    // Entra's first version gives the seconds as a text.
    const seconds = Number(answer.expires_in);
    const lasts = Number.isFinite(seconds) ? seconds * 1000 : 60_000;
    this.held = { token: answer.access_token, endsAt: Date.now() + Math.max(0, lasts - EARLY_MS) };
    return answer.access_token;
  }
}

/** Token endpoints say 400 or 401 to a wrong account; both are the account's fault, not the contract's. */
function refusedAsAuth(error: unknown): never {
  if (error instanceof SourceError && error.message.includes('(HTTP 400)')) {
    const text = 'Asking for an access token: the service account was refused; check its name, secret and rights.';
    throw new SourceError('auth', text, false);
  }
  throw error;
}
