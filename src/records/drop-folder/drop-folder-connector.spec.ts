import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorOf, gather } from '../../../test/conformance/gather';
import { cases, CITIZEN, PDF } from '../../../test/conformance/held-by-the-source';
import type { Connector, SourceErrorClass } from '../../contracts';
import { writeDropFolder } from '../../sandbox/municipality/write-drop-folder';
import { createConnector } from '../connector-registry';

const SOURCE = { id: 'arkiv', kind: 'drop-folder', name: 'fællesarkivet', owner: 'Arkiv' };

describe('drop folder, what it refuses', () => {
  let folder: string;
  let connector: Connector;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drop-folder-'));
    await writeDropFolder(folder, cases(2));
    connector = createConnector(SOURCE, { folder });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const manifest = (): string => join(folder, 'manifest.json');
  const firstFile = async (): Promise<string> => join(folder, 'sag-1', (await readdir(join(folder, 'sag-1')))[0]);
  const edit = async (change: (text: string) => string): Promise<void> =>
    writeFile(manifest(), change(await readFile(manifest(), 'utf8')));
  const otherBytes = async (path: string): Promise<void> =>
    writeFile(
      path,
      (await readFile(path)).map((byte) => byte ^ 1),
    );

  const spoils: [string, () => Promise<unknown>, SourceErrorClass][] = [
    ['a listed file that is missing', async () => rm(await firstFile()), 'integrity'],
    ['a file that is not listed', () => writeFile(join(folder, `ny ${CITIZEN}.pdf`), PDF), 'integrity'],
    ['a file of the right size with other bytes', async () => otherBytes(await firstFile()), 'integrity'],
    ['a link that may lead out of the folder', () => symlink('/etc/hostname', join(folder, 'link')), 'integrity'],
    [
      'a path out of the folder',
      () => edit((text) => text.replace('"path": "sag-1/', '"path": "../sag-1/')),
      'contract',
    ],
    ['a manifest without hashes', () => edit((text) => text.replace('"sha256"', '"sha1"')), 'contract'],
    ['a manifest that is cut', () => edit((text) => text.slice(0, -20)), 'contract'],
    [
      'a document of a case that is not listed',
      () => edit((text) => text.replace('"sourceCaseId": "sag-1"', '"sourceCaseId": "sag-7"')),
      'contract',
    ],
    ['a folder without manifest', () => rm(manifest()), 'unavailable'],
  ];
  it.each(spoils)('refuses %s', async (_name, spoil, errorClass) => {
    await spoil();
    expect((await errorOf(gather(connector))).errorClass).toBe(errorClass);
  });

  it('refuses an export that is too old', async () => {
    await edit((text) => text.replace(/"exportedAt": "[^"]+"/, '"exportedAt": "2020-01-01T00:00:00Z"'));
    const strict = createConnector(SOURCE, { folder, oldestDays: 30 });
    expect((await errorOf(gather(strict))).errorClass).toBe('contract');
  });

  it('takes its coverage from the manifest', async () => {
    await gather(connector);
    expect(connector.coverage.knownGaps).toEqual(['Papirsager fra før 2009 er ikke scannet.']);
  });
});
