import { OAuthToken } from '../http/oauth-token';
import type { Credentials } from '../http/source-http';
import type { F2Index } from './f2-index';
import type { F2Settings } from './f2-settings';

/** Password grant with the client's own name and secret in the header; the address comes from the service index. */
export class F2Login implements Credentials {
  private grant?: OAuthToken;

  constructor(
    private readonly index: F2Index,
    private readonly settings: F2Settings,
  ) {}

  async token(signal: AbortSignal): Promise<string> {
    return (await this.granting(signal)).token(signal);
  }

  async renew(stale: string, signal: AbortSignal): Promise<string> {
    return (await this.granting(signal)).renew(stale, signal);
  }

  async close(): Promise<void> {
    await this.grant?.close();
  }

  private async granting(signal: AbortSignal): Promise<OAuthToken> {
    if (this.grant) return this.grant;
    const { clientId, clientSecret, username, password, organizationPartyNo } = this.settings;
    const url = await this.index.link('oauth2-token', signal);
    const form = {
      grant_type: 'password',
      username,
      ...(password === undefined ? {} : { password }),
      ...(organizationPartyNo === undefined ? {} : { organization_partyno: String(organizationPartyNo) }),
    };
    const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    this.grant ??= new OAuthToken(url.href, form, this.settings, { authorization });
    return this.grant;
  }
}
