import { createType1Message, createType3Message, parseType2Message } from 'httpntlm/ntlm';
import { request, type Dispatcher } from 'undici';
import type { Asking, ConnectionLogin } from './source-http';

export interface WindowsAccount {
  username: string;
  password: string;
  /** The account's domain in the municipality's Active Directory. */
  domain: string;
}

/**
 * NTLM as Windows servers ask for it: the login belongs to the connection, not to the request. A request on a connection
 * that is logged in goes through; one that is answered 401 with an offer of NTLM is asked again with the two messages of
 * the login, on that same connection. A 401 that stays is the account's.
 */
export class NtlmLogin implements ConnectionLogin {
  private readonly account: WindowsAccount & { workstation: string };

  constructor(account: WindowsAccount) {
    this.account = { ...account, workstation: '' };
  }

  async request(url: URL, options: Asking): Promise<Dispatcher.ResponseData> {
    const first = await request(url, options);
    if (first.statusCode !== 401 || !offersNtlm(first)) return first;
    await first.body.dump();
    // The server answers the first message with a challenge, whatever is asked: nothing is sent along.
    const asked = await request(
      url,
      withMessage({ ...options, body: undefined }, createType1Message({ ...this.account })),
    );
    await asked.body.dump();
    const challenge = parseType2Message(ntlmHeaderOf(asked) ?? '', () => undefined);
    if (!challenge) return request(url, options);
    return request(url, withMessage(options, createType3Message(challenge, { ...this.account })));
  }
}

function withMessage(options: Asking, authorization: string): Asking {
  return { ...options, headers: { ...(options.headers as Record<string, string>), authorization } };
}

function offersNtlm(answer: Dispatcher.ResponseData): boolean {
  return ntlmHeaderOf(answer) !== undefined;
}

/** Servers offer several ways to log in, in one header or in many. */
function ntlmHeaderOf(answer: Dispatcher.ResponseData): string | undefined {
  const offered = [answer.headers['www-authenticate'] ?? []].flat().flatMap((header) => header.split(/,\s*/));
  return offered.find((way) => /^NTLM\b/.test(way));
}
