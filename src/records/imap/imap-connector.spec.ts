import { missingProgram } from '../../../test/support/missing-program';
import type { RecordsDocument, RunContext, SourceGap } from '../../contracts';
import { ImapServer, MAILBOX_PASSWORD } from '../../sandbox/imap/imap-server';
import { checkedSettings } from '../settings';
import { ImapConnector } from './imap-connector';
import { ImapSettings } from './imap-settings';

/** Invented, and wrong by modulus 11. */
const CITIZEN = '140683-1215';
const DIGITS = CITIZEN.replace('-', '');

function mail(subject: string, body: string, from = 'borger@example.dk'): Buffer {
  const encoded = Buffer.from(body, 'utf8').toString('base64');
  const word = `=?utf-8?B?${Buffer.from(subject, 'utf8').toString('base64')}?=`;
  const lines = [
    `From: ${from}`,
    'To: post@solby.example',
    `Subject: ${word}`,
    'Date: Sun, 31 Dec 2023 23:30:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    encoded,
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

const described = missingProgram('dovecot', 'the reading of mailboxes on a real dovecot') ? describe.skip : describe;

described('a mailbox on a real dovecot', () => {
  let server: ImapServer;
  const open: ImapConnector[] = [];
  beforeAll(async () => (server = await ImapServer.start()), 30_000);
  afterEach(async () => {
    for (const connector of open.splice(0)) await connector.close();
  });
  afterAll(() => server?.stop());

  function connectorOf(user: string, change: Partial<ImapSettings> = {}): ImapConnector {
    const settings = {
      host: '127.0.0.1',
      port: server.port,
      security: 'none',
      user,
      password: MAILBOX_PASSWORD,
      retries: 0,
    };
    const source = { id: 'post', kind: 'imap', name: 'fællespostkassen', owner: 'Borgerservice' };
    const connector = new ImapConnector(
      source,
      checkedSettings(ImapSettings, { ...settings, ...change }, 'the source'),
    );
    open.push(connector);
    return connector;
  }

  const run = (gaps: SourceGap[] = []): RunContext => ({
    runId: 'run-1',
    signal: new AbortController().signal,
    reportGap: (gap) => void gaps.push(gap),
  });

  async function found(connector: ImapConnector, context = run(), more = {}): Promise<RecordsDocument[]> {
    const documents: RecordsDocument[] = [];
    for await (const { document } of connector.listCaseless({ cprs: [CITIZEN], ...more }, context))
      documents.push(document);
    return documents;
  }

  it('finds both spellings of the number, in encoded subjects and bodies, in every folder', async () => {
    await server.deliver('ydelse', 'INBOX', mail('Brev 1', `Mit nummer er ${CITIZEN}.`));
    await server.deliver('ydelse', 'INBOX', mail(`Brev 2 om ${DIGITS}`, 'Se emnet.'));
    await server.deliver('ydelse', 'INBOX', mail('Frokost', 'Uden nummer.'));
    await server.deliver('ydelse', 'Arkiv/2019', mail('Brev 3 æøå', `Nummer ${DIGITS}`));
    await server.deliver('ydelse', 'Sendt', mail('Brev 4', `Til ${CITIZEN}`));
    const documents = await found(connectorOf('ydelse'));
    expect(documents.map(({ title }) => title).sort()).toEqual([
      'Brev 1',
      `Brev 2 om ${DIGITS}`,
      'Brev 3 æøå',
      'Brev 4',
    ]);
    expect(documents.find(({ title }) => title === 'Brev 4')).toMatchObject({ kind: 'mail', direction: 'ud' });
    // Half past eleven in the evening in London is the next day in Denmark.
    expect(documents.every(({ documentDate }) => documentDate === '2024-01-01')).toBe(true);
    expect(
      JSON.stringify(documents.map(({ sourceDocumentId, files }) => [sourceDocumentId, files[0].sourceFileId])),
    ).not.toMatch(/Arkiv|140683/);
  });

  it('marks no mail as read', async () => {
    await server.deliver('laest', 'INBOX', mail('Brev 1', `Mit nummer er ${CITIZEN}.`));
    const connector = connectorOf('laest');
    const [document] = await found(connector);
    const { stream } = await connector.fetch(document, document.files[0].sourceFileId, run());
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks)).toEqual(mail('Brev 1', `Mit nummer er ${CITIZEN}.`));
    for (const name of await server.namesOf('laest', 'INBOX')) expect(name).toMatch(/:2,$/);
  });

  it('reports a folder that the account may not open, and searches the others', async () => {
    await server.deliver('fortrolig', 'INBOX', mail('Brev 1', `Mit nummer er ${CITIZEN}.`));
    await server.deliver('fortrolig', 'Ledelsen', mail('Brev 2', `Om ${CITIZEN}.`));
    await server.lock('fortrolig', 'Ledelsen');
    const gaps: SourceGap[] = [];
    expect((await found(connectorOf('fortrolig'), run(gaps))).map(({ title }) => title)).toEqual(['Brev 1']);
    expect(gaps).toMatchObject([{ kind: 'forbidden', sentence: expect.stringContaining('En mappe i postkassen') }]);
  });

  it('searches for name and address only when it is told to', async () => {
    await server.deliver('navne', 'INBOX', mail('Brev 1', 'Hilsen Bo Vang Iversen'));
    await server.deliver('navne', 'INBOX', mail('Brev 2', 'Hilsen mig', 'bo@vang.example'));
    const more = { names: ['Bo Vang Iversen'], emails: ['bo@vang.example'] };
    expect(await found(connectorOf('navne'), run(), more)).toEqual([]);
    expect(await found(connectorOf('navne', { alsoByName: true }), run(), more)).toMatchObject([{ title: 'Brev 1' }]);
    expect(await found(connectorOf('navne', { alsoByEmail: true }), run(), more)).toMatchObject([{ title: 'Brev 2' }]);
  });

  it('leaves out a folder that the settings name, and says so in the coverage', async () => {
    await server.deliver('spring', 'Nyhedsbreve', mail('Brev 1', `Mit nummer er ${CITIZEN}.`));
    const connector = connectorOf('spring', { skippedFolders: ['Nyhedsbreve'] });
    expect(await found(connector)).toEqual([]);
    expect(connector.coverage.knownGaps).toContain('Mappen »Nyhedsbreve« er ikke søgt igennem.');
  });

  it('says of a wrong password that the account is refused', async () => {
    await expect(found(connectorOf('ydelse', { password: 'forkert' }))).rejects.toMatchObject({ errorClass: 'auth' });
  });

  it('says of a server that offers no encryption that it is not spoken with', async () => {
    await expect(found(connectorOf('ydelse', { security: 'starttls' }))).rejects.toMatchObject({ errorClass: 'tls' });
  });
});
