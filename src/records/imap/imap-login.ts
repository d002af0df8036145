import { OAuthToken } from '../http/oauth-token';
import type { ImapSettings } from './imap-settings';

/** What the library logs in with. */
export type ImapCredentials = { user: string; pass: string } | { user: string; accessToken: string };

/** The service account of a mailbox: a password, or tokens by OAUTHBEARER (RFC 7628) or XOAUTH2. */
export class ImapLogin {
  private readonly tokens?: OAuthToken;

  constructor(private readonly settings: ImapSettings) {
    const { tokenUrl, clientId, clientSecret, scope, timeoutMs, retries, retryBaseMs, longestPauseMs } = settings;
    if (tokenUrl === undefined) return;
    const form = {
      grant_type: 'client_credentials',
      client_id: clientId as string,
      client_secret: clientSecret as string,
      scope,
    };
    const rules = { timeoutMs, retries, retryBaseMs, longestPauseMs, parallel: 1, requestsPerSecond: 10 };
    this.tokens = new OAuthToken(tokenUrl, form, rules);
  }

  async credentials(signal: AbortSignal): Promise<ImapCredentials> {
    const { user, password } = this.settings;
    return this.tokens ? { user, accessToken: await this.tokens.token(signal) } : { user, pass: password as string };
  }

  /** Credentials to try instead of refused ones: a token may have been withdrawn, a password stays what it is. */
  async instead(refused: ImapCredentials, signal: AbortSignal): Promise<ImapCredentials | undefined> {
    if (!this.tokens || !('accessToken' in refused)) return undefined;
    return { user: refused.user, accessToken: await this.tokens.renew(refused.accessToken, signal) };
  }

  async close(): Promise<void> {
    await this.tokens?.close();
  }
}
