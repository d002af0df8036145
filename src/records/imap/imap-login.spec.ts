import { missingProgram } from '../../../test/support/missing-program';
import type { RunContext } from '../../contracts';
import { until } from '../../../test/support/until';
import { ImapProxy } from '../../sandbox/imap/imap-proxy';
import { ImapServer } from '../../sandbox/imap/imap-server';
import { mailOf } from '../../sandbox/imap/mails';
import { MAIL_CLIENT, TokenServer } from '../../sandbox/imap/token-server';
import { citizen, letter } from '../../../test/conformance/held-by-the-source';
import { checkedSettings, SettingsError } from '../settings';
import { ImapConnector } from './imap-connector';
import { ImapSettings } from './imap-settings';

const MAILBOX = 'ydelse';
const BASE = { host: '127.0.0.1', security: 'none', user: MAILBOX };
const described = missingProgram('dovecot', 'the login by token on a real dovecot') ? describe.skip : describe;

it('needs a password, or all that a token is asked for with', () => {
  const settings = (given: object) => checkedSettings(ImapSettings, { ...BASE, ...given }, 'the source');
  expect(() => settings({})).toThrow(SettingsError);
  expect(() => settings({ tokenUrl: 'https://login.example/token' })).toThrow(/clientId.*clientSecret/s);
  expect(settings({ password: 'x' }).tokenUrl).toBeUndefined();
  expect(settings({ tokenUrl: 'https://login.example/token', clientId: 'a', clientSecret: 'b' }).scope).toBe(
    'https://outlook.office365.com/.default',
  );
});

described('a mailbox that is opened by token, on a real dovecot', () => {
  let tokens: TokenServer;
  let server: ImapServer;
  let tokenUrl: string;
  const open: ImapConnector[] = [];

  beforeAll(async () => {
    tokens = new TokenServer(MAILBOX);
    const address = await tokens.start();
    tokenUrl = `${address}/token`;
    server = await ImapServer.start(address);
    await server.deliver(MAILBOX, 'INBOX', mailOf(letter(1), [citizen]));
  }, 30_000);
  afterEach(async () => {
    for (const connector of open.splice(0)) await connector.close();
  });
  afterAll(async () => {
    await server?.stop();
    await tokens?.stop();
  });

  function connectorOf(change: Partial<ImapSettings> = {}): ImapConnector {
    const source = { id: 'post', kind: 'imap', name: 'fællespostkassen', owner: 'Borgerservice' };
    const given = { ...BASE, port: server.port, tokenUrl, ...MAIL_CLIENT, retries: 0, ...change };
    const connector = new ImapConnector(source, checkedSettings(ImapSettings, given, 'the source'));
    open.push(connector);
    return connector;
  }

  async function countIn(connector: ImapConnector): Promise<number> {
    const run: RunContext = { runId: 'run', signal: new AbortController().signal, reportGap: () => undefined };
    let count = 0;
    for await (const _each of connector.listCaseless({ cprs: [citizen.cpr as string] }, run)) count += 1;
    return count;
  }

  it('reads the mailbox without a password, by one token', async () => {
    const before = tokens.given;
    const connector = connectorOf();
    expect(await countIn(connector)).toBe(1);
    expect(await countIn(connector)).toBe(1);
    expect(tokens.given).toBe(before + 1);
  });

  it('asks for a new token when the held one was withdrawn', async () => {
    const proxy = new ImapProxy(server.port);
    const connector = connectorOf({ port: await proxy.start() });
    expect(await countIn(connector)).toBe(1);
    const before = tokens.given;
    tokens.withdrawTokens();
    proxy.cut();
    await until(
      'the connection is seen to be gone',
      () => countIn(connector).catch(() => 0),
      (count) => count === 1,
    );
    expect(tokens.given).toBe(before + 1);
    await proxy.stop();
  });

  it("says that the account is refused when the mailbox is somebody else's, and when the secret is wrong", async () => {
    await expect(countIn(connectorOf({ user: 'andre' }))).rejects.toMatchObject({ errorClass: 'auth' });
    await expect(countIn(connectorOf({ clientSecret: 'forkert' }))).rejects.toMatchObject({ errorClass: 'auth' });
  });
});
