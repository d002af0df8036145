import type { HeldCase } from '../../sandbox/records/holdings';
import type { Answer } from '../../sandbox/records/answer';
import { NtlmGate } from '../../sandbox/records/ntlm-gate';
import { RecordsStandIn, type StandInCall, type StandInRoute } from '../../sandbox/records/records-stand-in';
import { NtlmLogin } from './ntlm-login';
import { SourceHttp, type HttpRules } from './source-http';

const ACCOUNT = { username: 'svc-aktindsigt', password: 'Læs i Solby', domain: 'SOLBYNET' };
const RULES: HttpRules = {
  timeoutMs: 1000,
  retries: 0,
  retryBaseMs: 1,
  longestPauseMs: 10,
  parallel: 4,
  requestsPerSecond: 1000,
};
const { signal } = new AbortController();

class WindowsServer extends RecordsStandIn {
  readonly gate = new NtlmGate(ACCOUNT);
  protected readonly routes: StandInRoute[] = [
    { method: 'POST', path: /^\/search$/, route: 'search', answer: ({ body }) => ({ json: body.toString() }) },
  ];
  readerSettings(): Record<string, unknown> {
    return {};
  }
  expireTokens(): void {
    this.gate.expire();
  }
  protected refusal(call: StandInCall): Answer | undefined {
    return this.gate.refusal(call);
  }
}

describe('logging in by NTLM', () => {
  let server: WindowsServer;
  beforeEach(async () => (server = await new WindowsServer([] as HeldCase[]).start()));
  afterEach(() => server.stop());

  const asking = (password = ACCOUNT.password): SourceHttp =>
    new SourceHttp(server.address, RULES, undefined, new NtlmLogin({ ...ACCOUNT, password }));
  const call = (body: string) => ({ method: 'POST', path: '/search', asked: 'a list', body }) as const;

  it('logs a connection in once, and asks on it again and again, with the body of each question', async () => {
    const http = asking();
    const answers = await Promise.all(['a', 'b', 'c'].map((body) => http.json(call(body), signal)));
    expect(answers).toEqual(['a', 'b', 'c']);
    expect(server.gate.logins).toBe(1);
    await http.close();
  });

  it('logs in again when the server has forgotten the connection', async () => {
    const http = asking();
    await http.json(call('a'), signal);
    server.expireTokens();
    expect(await http.json(call('b'), signal)).toBe('b');
    expect(server.gate.logins).toBe(2);
    await http.close();
  });

  it('says that the account is refused when the password is wrong', async () => {
    const http = asking('et andet');
    await expect(http.json(call('a'), signal)).rejects.toMatchObject({ errorClass: 'auth', retryable: false });
    expect(server.gate.logins).toBe(0);
    await http.close();
  });
});
