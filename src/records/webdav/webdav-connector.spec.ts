import { missingProgram } from '../../../test/support/missing-program';
import type { RecordsDocument, RunContext } from '../../contracts';
import { WEBDAV_ACCOUNT, WebDavServer } from '../../sandbox/webdav/webdav-server';
import { checkedSettings } from '../settings';
import { WebDavConnector } from './webdav-connector';
import { WebDavSettings } from './webdav-settings';

/** Invented, and wrong by modulus 11. */
const CITIZEN = '140683-1215';
const DIGITS = CITIZEN.replace('-', '');

const described = missingProgram('apache2', 'the reading of a WebDAV server on a real Apache')
  ? describe.skip
  : describe;

described('a WebDAV server (Apache)', () => {
  let server: WebDavServer;
  const open: WebDavConnector[] = [];
  const run: RunContext = { runId: 'run-1', signal: new AbortController().signal };
  beforeAll(async () => (server = await WebDavServer.start()), 30_000);
  afterEach(async () => {
    for (const connector of open.splice(0)) await connector.close();
  });
  afterAll(() => server?.stop());

  const file = (text: string) => ({ id: 1, name: 'x', content: Buffer.from(text) });

  function connectorOf(folders: string[], change: Partial<WebDavSettings> = {}): WebDavConnector {
    const given = { baseUrl: `http://127.0.0.1:${server.port}/`, ...WEBDAV_ACCOUNT, folders, retries: 0, ...change };
    const source = { id: 'filer', kind: 'webdav', name: 'filserveren', owner: 'IT' };
    const connector = new WebDavConnector(source, checkedSettings(WebDavSettings, given, 'the source'));
    open.push(connector);
    return connector;
  }

  async function found(connector: WebDavConnector): Promise<RecordsDocument[]> {
    const documents: RecordsDocument[] = [];
    for await (const each of connector.discover({ cprs: [CITIZEN] }, run))
      for await (const { document } of connector.list(each, run)) documents.push(document);
    for await (const { document } of connector.listCaseless({ cprs: [CITIZEN] }, run)) documents.push(document);
    return documents;
  }

  it('gives Danish names, folders in folders and loose files, and keeps numbers out of ids', async () => {
    await server.put(`borgere/${CITIZEN}/Hjælpemidler & øvrigt/2019/Afgørelse 100%.pdf`, file('%PDF-1.7 a'));
    await server.put(`borgere/${CITIZEN}/Brev.txt`, file('Kære borger'));
    await server.put(`arkiv/${DIGITS}/Gammel sag/Notat.txt`, file('Et notat'));
    const documents = await found(connectorOf(['borgere/{cpr-}', 'arkiv/{cpr}']));
    expect(documents.map(({ title }) => title)).toEqual(['Afgørelse 100%', 'Notat', 'Brev']);
    expect(documents[0].files[0]).toMatchObject({ name: 'Afgørelse 100%.pdf', size: 10, mediaType: 'application/pdf' });
    expect(documents[0].files[0].version).toMatch(/"/);
    expect(JSON.stringify(documents)).not.toContain(DIGITS);
    const { stream } = await connectorOf(['borgere/{cpr-}'])
      .fetch(documents[0], 'x', run)
      .catch(() => ({ stream: null }));
    expect(stream).toBeNull();
  });

  it('says "nothing" for a citizen without a folder only when the folder of all citizens is there', async () => {
    await server.makeFolder('tom');
    expect(await found(connectorOf(['tom/{cpr}']))).toEqual([]);
    await expect(found(connectorOf(['flyttet/{cpr}']))).rejects.toMatchObject({ errorClass: 'contract' });
  });

  it('says of a wrong password that the account is refused', async () => {
    await expect(found(connectorOf(['tom/{cpr}'], { password: 'forkert' }))).rejects.toMatchObject({
      errorClass: 'auth',
    });
  });

  it.each(['borgere', '../{cpr}', '/borgere/{cpr}', 'borgere/../{cpr}', 'borgere?{cpr}'])(
    'takes no folder that names no citizen or leads elsewhere: %s',
    (folder) => {
      expect(() => connectorOf([folder])).toThrow(/folders/);
    },
  );
});
