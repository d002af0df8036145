import { randomBytes } from 'node:crypto';

/** Access tokens of a stand-in, and whose they are. */
export class Tokens<Account extends string = 'reader'> {
  private readonly held = new Map<string, Account>();

  give(account: Account): { access_token: string; expires_in: number; token_type: 'Bearer' } {
    const token = randomBytes(24).toString('base64url');
    this.held.set(token, account);
    return { access_token: token, expires_in: 300, token_type: 'Bearer' };
  }

  holder(authorization: string): Account | undefined {
    return this.held.get(authorization.replace(/^Bearer /, ''));
  }

  /** All tokens die, as they do after half an hour. */
  expire(): void {
    this.held.clear();
  }
}
