import { describeConformance } from '../../../test/conformance/describe-conformance';
import { FAST, type Holdings, type Rig } from '../../../test/conformance/subject';
import { missingProgram } from '../../../test/support/missing-program';
import type { HeldDocument, HeldParty } from '../../sandbox/records/holdings';
import { WebDavProxy } from '../../sandbox/webdav/webdav-proxy';
import { LOCKED, WEBDAV_ACCOUNT, WebDavServer } from '../../sandbox/webdav/webdav-server';
import { createConnector } from '../connector-registry';
import type { WebDavConnector } from './webdav-connector';

/** A real server needs longer than a stand-in, above all on a busy machine. */
const PATIENT = { timeoutMs: 1_500, retries: 1 };

let server: WebDavServer | undefined;
let shares = 0;

async function open({ cases, caseless = [] }: Holdings): Promise<Rig> {
  server ??= await WebDavServer.start();
  const share = `afdeling${(shares += 1)}`;
  await server.makeFolder(`${share}/borgere`);
  for (const { id, parties, documents, forbidden } of cases) {
    const folder = `${folderOf(share, parties)}/Sag ${id}${forbidden ? ` ${LOCKED}` : ''}`;
    await server.makeFolder(folder);
    for (const document of documents) await put(server, folder, document);
  }
  for (const document of caseless) await put(server, folderOf(share, document.parties), document);
  const proxy = new WebDavProxy(server.port);
  const address = await proxy.start();
  const { pageSize: _none, ...fast } = FAST;
  const settings = {
    baseUrl: `${address}/${share}/`,
    ...WEBDAV_ACCOUNT,
    folders: ['borgere/{cpr}'],
    ...fast,
    ...PATIENT,
  };
  const source = { id: 'filer', kind: 'webdav', name: 'filserveren', owner: 'IT' };
  const connector = createConnector(source, settings) as WebDavConnector;
  return {
    connector,
    misbehave: (fault) => proxy.fault(fault),
    expireLogins: () => undefined,
    tryToWrite: () => fetch(`${address}/${share}/borgere`, { method: 'DELETE' }),
    writes: () => proxy.writes,
    close: async () => {
      await connector.close();
      await proxy.stop();
    },
  };
}

/** A folder belongs to one citizen: the first of the parties. */
function folderOf(share: string, [first]: HeldParty[]): string {
  return `${share}/borgere/${(first.cpr ?? '').replace('-', '')}`;
}

async function put(to: WebDavServer, folder: string, { name, files, forbidden }: HeldDocument): Promise<void> {
  for (const file of files) await to.put(`${folder}/${name}${forbidden ? ` ${LOCKED}` : ''}.pdf`, file);
}

const ONE_CITIZEN = 'A folder belongs to one citizen, and does not say who else is a party.';
const NO_COUNT = 'A folder does not state how much is in it, so that there is nothing to compare with.';

if (!missingProgram('apache2', 'the reading of a WebDAV server on a real Apache')) {
  afterAll(() => server?.stop());
  describeConformance({
    kind: 'webdav',
    open,
    lists: ['search', 'documents'],
    health: 'states',
    caseIds: /^[0-9a-f]{24}$/,
    essentialFields: [
      ['search', 'href'],
      ['search', 'resourcetype'],
      ['documents', 'getcontentlength'],
    ],
    notApplicable: {
      'closed-case': 'A folder does not say whether its case is closed; all folders are read.',
      'secondary-party': ONE_CITIZEN,
      'journal-notes': 'A file server holds files, and no journal notes.',
      attachment: 'A file does not say what it was attached to.',
      claims: NO_COUNT,
      'count-mismatch': NO_COUNT,
      'login-dies-midway': 'The account logs in with every request, so that no login can die on the way.',
    },
  });
}
