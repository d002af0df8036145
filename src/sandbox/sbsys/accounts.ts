import { randomBytes } from 'node:crypto';

/** The service users of the stand-in; invented, and good on loopback only. */
export const READER = { username: 'svc-aktindsigt-laes', password: 'laes-i-solby' };
export const JOURNAL = { username: 'svc-aktindsigt-journal', password: 'journal-i-solby' };
export const CLIENT = { clientId: 'aktindsigt', clientSecret: 'klient-i-solby' };

export type Account = 'reader' | 'journal';

/** Password grant and the tokens it gave. */
export class Accounts {
  private readonly tokens = new Map<string, Account>();

  grant(form: URLSearchParams): { access_token: string; expires_in: number; token_type: 'Bearer' } | undefined {
    const isClient = form.get('client_id') === CLIENT.clientId && form.get('client_secret') === CLIENT.clientSecret;
    const account = accountOf(form);
    if (form.get('grant_type') !== 'password' || !isClient || !account) return undefined;
    const token = randomBytes(24).toString('base64url');
    this.tokens.set(token, account);
    return { access_token: token, expires_in: 300, token_type: 'Bearer' };
  }

  holder(authorization: string | undefined): Account | undefined {
    return this.tokens.get(authorization?.replace(/^Bearer /, '') ?? '');
  }

  /** All tokens die, as they do after half an hour. */
  expire(): void {
    this.tokens.clear();
  }
}

function accountOf(form: URLSearchParams): Account | undefined {
  const is = (user: { username: string; password: string }): boolean =>
    form.get('username') === user.username && form.get('password') === user.password;
  return is(READER) ? 'reader' : is(JOURNAL) ? 'journal' : undefined;
}
