import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeConformance } from '../../../test/conformance/describe-conformance';
import type { Holdings, Rig } from '../../../test/conformance/subject';
import { writeDropFolder } from '../../sandbox/municipality/write-drop-folder';
import { bentFields, bentList, type Fault } from '../../sandbox/records/faults';
import { createConnector } from '../connector-registry';

const NO_SERVER = 'A folder is read from the disk; there is no server that could answer so.';
const NO_LOGIN = 'A folder has no login of its own; the operating system lets the program read it.';
const ALL_READABLE = 'An export holds only what may be read, so that no part of it is refused.';

/** Faults are made in the folder itself, by changing the manifest or the files. */
async function spoil(folder: string, fault: Fault): Promise<void> {
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as { documents: object[] };
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.pdf'));
  if (fault.kind === 'wrongSize') for (const name of files) await appendFile(join(folder, name), ' ');
  if (fault.kind === '404') for (const name of files) await rm(join(folder, name));
  if (fault.kind === '503') await rm(path);
  else {
    const bent = { ...manifest, documents: bentList(manifest.documents, fault) };
    await writeFile(path, JSON.stringify(bentFields(bent, fault)));
  }
}

async function open({ cases }: Holdings): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), 'drop-folder-'));
  await writeDropFolder(folder, cases);
  const source = { id: 'arkiv', kind: 'drop-folder', name: 'fællesarkivet', owner: 'Arkiv' };
  return {
    connector: createConnector(source, { folder }),
    misbehave: (fault) => spoil(folder, fault),
    expireLogins: () => undefined,
    tryToWrite: () => Promise.resolve(),
    writes: () => [],
    close: () => rm(folder, { recursive: true }),
  };
}

describeConformance({
  kind: 'drop-folder',
  open,
  lists: ['documents'],
  essentialFields: [
    ['documents', 'cases'],
    ['documents', 'sourceCaseId'],
    ['documents', 'sourceFileId'],
    ['documents', 'sha256'],
    ['documents', 'exportedAt'],
  ],
  notApplicable: {
    'caseless-document': 'The manifest lists every document under a case; a document without one is refused.',
    'login-dies-midway': NO_LOGIN,
    'login-refused': NO_LOGIN,
    'read-only':
      'A folder cannot tell who read it; it may be mounted read-only, and the connector opens files to read.',
    'forbidden-search': ALL_READABLE,
    'forbidden-case': ALL_READABLE,
    'forbidden-list': ALL_READABLE,
    'forbidden-file': ALL_READABLE,
    'rate-limited': NO_SERVER,
    'retry-after': NO_SERVER,
    unavailable: NO_SERVER,
    'server-error': NO_SERVER,
    silence: NO_SERVER,
    'abort-while-waiting': NO_SERVER,
    'html-with-200': NO_SERVER,
    'truncated-body': 'A manifest or a file that is cut differs from its hash, and the whole folder is refused.',
  },
});
