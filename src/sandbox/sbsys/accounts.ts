import { Tokens } from '../records/tokens';

/** The service users of the stand-in; invented, and good on loopback only. */
export const READER = { username: 'svc-aktindsigt-laes', password: 'laes-i-solby' };
export const JOURNAL = { username: 'svc-aktindsigt-journal', password: 'journal-i-solby' };
export const CLIENT = { clientId: 'aktindsigt', clientSecret: 'klient-i-solby' };

export type Account = 'reader' | 'journal';

/** Password grant and the tokens it gave. */
export class Accounts extends Tokens<Account> {
  grant(form: URLSearchParams): object | undefined {
    const isClient = form.get('client_id') === CLIENT.clientId && form.get('client_secret') === CLIENT.clientSecret;
    const account = accountOf(form);
    return form.get('grant_type') === 'password' && isClient && account ? this.give(account) : undefined;
  }
}

function accountOf(form: URLSearchParams): Account | undefined {
  const is = (user: { username: string; password: string }): boolean =>
    form.get('username') === user.username && form.get('password') === user.password;
  return is(READER) ? 'reader' : is(JOURNAL) ? 'journal' : undefined;
}
