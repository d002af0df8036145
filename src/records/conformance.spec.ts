import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import {
  SourceError,
  type Connector,
  type RecordsCase,
  type RecordsDocument,
  type RunContext,
  type SourceErrorClass,
} from '../contracts';
import { writeDropFolder } from '../sandbox/municipality/write-drop-folder';
import type { FaultKind, Route } from '../sandbox/sbsys/faults';
import type { HeldCase, HeldParty } from '../sandbox/sbsys/holdings';
import { SbsysStandIn } from '../sandbox/sbsys/standin';
import { createConnector } from './connector-registry';

/** Invented, and wrong by modulus 11. */
const CITIZEN = '140683-1215';
const OTHER = '030786-1458';
const PAGE_SIZE = 3;
const PDF = Buffer.from(`%PDF-1.7\n${'sagsakt '.repeat(2000)}\n%%EOF\n`);

const citizen: HeldParty = { name: 'Bo Vang Iversen', part: 'Borger', primary: true, cpr: CITIZEN };
const stranger: HeldParty = { name: 'Aynur Demir', part: 'Borger', primary: true, cpr: OTHER };

function heldCase(id: number, change: Partial<HeldCase> = {}): HeldCase {
  return {
    id,
    number: `32.24.04-G01-${id}-24`,
    title: `Sag ${id} om ${CITIZEN}`,
    unit: 'Ydelse',
    openedAt: '2024-01-02',
    parties: [citizen],
    documents: [1, 2].map((nth) => ({
      id: id * 100 + nth,
      name: `Brev ${nth}`,
      number: `${id}-${nth}`,
      date: '2024-01-03',
      direction: 'ind',
      type: 'Dokument',
      files: [{ id: id * 1000 + nth, name: `brev ${CITIZEN}.pdf`, content: PDF }],
    })),
    notes: [
      { id: id * 10_000, title: 'Telefonnotat', date: '2024-01-04', author: 'KJ', html: '<p>Ringede & spurgte</p>' },
    ],
    ...change,
  };
}

const cases = (count: number): HeldCase[] => Array.from({ length: count }, (_, index) => heldCase(index + 1));

interface Rig {
  connector: Connector;
  /** Makes the next read of a file come with another size than listed. */
  spoilSize(): Promise<void>;
  close(): Promise<void>;
}

const FAST = {
  pageSize: PAGE_SIZE,
  timeoutMs: 300,
  retries: 2,
  retryBaseMs: 1,
  longestPauseMs: 50,
  requestsPerSecond: 5000,
};

async function sbsysRig(held: HeldCase[]): Promise<Rig & { standIn: SbsysStandIn }> {
  const standIn = await new SbsysStandIn(held).start();
  const source = { id: 'sbsys', kind: 'sbsys', name: 'vores sagssystem (SBSYS)', owner: 'IT' } as const;
  const connector = createConnector(source, { ...standIn.readerSettings(), ...FAST });
  return {
    standIn,
    connector,
    spoilSize: async () => standIn.fault({ route: 'file', kind: 'wrongSize', times: 9 }),
    close: () => standIn.stop(),
  };
}

async function dropFolderRig(held: HeldCase[]): Promise<Rig & { folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'drop-folder-'));
  await writeDropFolder(folder, held);
  const source = { id: 'arkiv', kind: 'drop-folder', name: 'fællesarkivet', owner: 'Arkiv' } as const;
  return {
    folder,
    connector: createConnector(source, { folder }),
    spoilSize: async () => {
      const [first] = (await readdir(folder)).filter((name) => name.startsWith('sag-'));
      for (const name of await readdir(join(folder, first))) await appendFile(join(folder, first, name), ' ');
    },
    close: () => rm(folder, { recursive: true }),
  };
}

const run = (signal = new AbortController().signal): RunContext => ({ runId: 'run-1', signal });

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const discover = (connector: Connector, cprs = [CITIZEN]): Promise<RecordsCase[]> =>
  all(connector.discover({ cprs }, run()));

async function listed(connector: Connector, found: RecordsCase): Promise<RecordsDocument[]> {
  return (await all(connector.list(found, run()))).map((item) => item.document);
}

async function bytes(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function fetched(connector: Connector, document: RecordsDocument): Promise<Buffer> {
  return bytes((await connector.fetch(document, document.files[0].sourceFileId, run())).stream);
}

async function errorOf(promise: Promise<unknown>): Promise<SourceError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SourceError);
  const message = (error as SourceError).message;
  expect(message.replace(/-/g, '')).not.toContain(CITIZEN.replace('-', ''));
  expect(message).toMatch(/^[A-Z].*\.$/);
  return error as SourceError;
}

describe.each([
  ['SBSYS', sbsysRig],
  ['drop folder', dropFolderRig],
] as [string, (held: HeldCase[]) => Promise<Rig>][])('%s, what every connector must do', (_name, makeRig) => {
  let rig: Rig;
  const open = async (held: HeldCase[]): Promise<Connector> => (rig = await makeRig(held)).connector;
  afterEach(() => rig.close());

  it.each([0, 1, PAGE_SIZE, PAGE_SIZE + 1, 2 * PAGE_SIZE + 1])('finds all of %d cases', async (count) => {
    const connector = await open([...cases(count), heldCase(90, { parties: [stranger] })]);
    expect((await discover(connector)).map((found) => found.title)).toEqual(cases(count).map((held) => held.title));
  });

  it('answers "nothing" for a citizen without cases', async () => {
    expect(await discover(await open(cases(2)), ['010180-0000'])).toEqual([]);
  });

  it('finds closed cases and says that they are closed', async () => {
    const connector = await open([heldCase(1, { closedAt: '2024-06-01' })]);
    expect(connector.coverage.includesClosed).toBe(true);
    expect(await discover(connector)).toMatchObject([
      { open: false, closedAt: '2024-06-01', kle: '32.24.04', facet: 'G01' },
    ]);
  });

  it('finds cases where the citizen is a secondary party, with every party and part', async () => {
    const child: HeldParty = { name: 'Bo Vang Iversen', part: 'Underretter', cpr: CITIZEN };
    const worker: HeldParty = { name: 'Kim Juhl', part: 'Sagsbehandler', employee: true };
    const [found] = await discover(await open([heldCase(1, { parties: [stranger, child, worker] })]));
    expect(found.parties.map((party) => [party.role, party.roleText])).toEqual([
      ['primary', 'citizen'],
      ['secondary', 'notifier'],
      ['other', 'caseworker'],
    ]);
  });

  it('gives a case once when two numbers of the citizen find it', async () => {
    const former: HeldParty = { name: 'Bo Vang', part: 'Tidligere nummer', cpr: OTHER };
    const connector = await open([heldCase(1, { parties: [citizen, former] })]);
    expect(await discover(connector, [CITIZEN, OTHER])).toHaveLength(1);
  });

  it('finds a citizen whatever the spelling of the number', async () => {
    expect(await discover(await open(cases(1)), [CITIZEN.replace('-', '')])).toHaveLength(1);
  });

  it('lists documents and journal notes, and fetches them byte for byte', async () => {
    const connector = await open(cases(1));
    const [found] = await discover(connector);
    const documents = await listed(connector, found);
    expect(documents.map((document) => document.kind)).toEqual(['document', 'document', 'journalNote']);
    expect(await fetched(connector, documents[0])).toEqual(PDF);
    const note = await fetched(connector, documents[2]);
    expect(note.toString()).toContain('<p>Ringede & spurgte</p>');
    const { size, sha256 } = documents[2].files[0];
    expect([note.length, createHash('sha256').update(note).digest('hex')]).toEqual([size, sha256]);
  });

  it('goes on after a cursor, and starts over when the cursor is gone', async () => {
    const connector = await open(cases(1));
    const [found] = await discover(connector);
    const whole = await all(connector.list(found, run()));
    expect(await all(connector.list(found, run(), whole[0].cursor))).toEqual(whole.slice(1));
    expect(await all(connector.list(found, run(), 'gone'))).toEqual(whole);
  });

  it('refuses a file whose size is not the one listed', async () => {
    const connector = await open(cases(1));
    const [found] = await discover(connector);
    const [document] = await listed(connector, found);
    await rig.spoilSize();
    expect((await errorOf(fetched(connector, document))).errorClass).toBe('integrity');
  });

  it('refuses a file that is not of the document', async () => {
    const connector = await open(cases(1));
    const [document] = await listed(connector, (await discover(connector))[0]);
    expect((await errorOf(connector.fetch(document, 'elsewhere', run()))).errorClass).toBe('not_found');
  });

  it('stops at once when the run is given up', async () => {
    const connector = await open(cases(2));
    const given = new AbortController();
    const rest = connector.discover({ cprs: [CITIZEN] }, run(given.signal))[Symbol.asyncIterator]();
    await rest.next();
    given.abort();
    const [document] = await listed(connector, (await discover(connector))[0]);
    await expect(
      connector.fetch(document, document.files[0].sourceFileId, run(given.signal)).then(({ stream }) => bytes(stream)),
    ).rejects.toThrow(/abort/i);
  });

  it('says that it is well', async () => {
    expect(await (await open(cases(1))).health(run().signal)).toMatchObject({ ok: true });
  });
});

describe('SBSYS, when it misbehaves', () => {
  let rig: Awaited<ReturnType<typeof sbsysRig>>;
  beforeEach(async () => (rig = await sbsysRig(cases(PAGE_SIZE + 1))));
  afterEach(() => rig.close());

  const whole = async (): Promise<number> => {
    let count = 0;
    for (const found of await discover(rig.connector)) {
      for (const document of await listed(rig.connector, found))
        count += (await fetched(rig.connector, document)).length;
    }
    return count;
  };

  it('gets a new token when the old one dies in the middle of a run', async () => {
    const found = await discover(rig.connector);
    rig.standIn.expireTokens();
    expect(await listed(rig.connector, found[0])).toHaveLength(3);
    expect(rig.standIn.requests.filter((request) => request.includes('/token'))).toHaveLength(2);
  });

  const recovers: [Route, FaultKind][] = (['search', 'case', 'parts', 'documents', 'notes', 'file'] as const).flatMap(
    (route) =>
      (['401', '429', '500', '503', 'html200', 'slow'] as const).map((kind): [Route, FaultKind] => [route, kind]),
  );
  it.each(recovers)('%s: recovers from one %s', async (route, kind) => {
    const expected = await whole();
    rig.standIn.fault({ route, kind });
    expect(await whole()).toBe(expected);
  });

  const gives: [Route, FaultKind, SourceErrorClass][] = [
    ['token', '401', 'auth'],
    ['token', 'html200', 'contract'],
    ['search', '401', 'auth'],
    ['search', '403', 'forbidden'],
    ['search', '429', 'rate_limited'],
    ['search', '500', 'unavailable'],
    ['search', 'html200', 'contract'],
    ['search', 'truncated', 'truncated'],
    ['search', 'shortList', 'truncated'],
    ['search', 'repeatItem', 'truncated'],
    ['search', 'slow', 'timeout'],
    ['case', '403', 'forbidden'],
    ['parts', '500', 'unavailable'],
    ['documents', 'shortList', 'truncated'],
    ['documents', 'repeatItem', 'truncated'],
    ['documents', '403', 'forbidden'],
    ['notes', 'shortList', 'truncated'],
    ['file', '403', 'forbidden'],
    ['file', 'html200', 'integrity'],
    ['file', 'truncated', 'truncated'],
    ['file', 'wrongSize', 'integrity'],
    ['file', '503', 'unavailable'],
  ];
  it.each(gives)('%s: %s all the time is "%s", never an empty answer', async (route, kind, errorClass) => {
    rig.standIn.fault({ route, kind, times: 99 });
    expect((await errorOf(whole())).errorClass).toBe(errorClass);
  });

  it('honours Retry-After, and leaves a long one to the caller', async () => {
    rig.standIn.fault({ route: 'search', kind: '429', times: 9, retryAfterSeconds: 120 });
    const error = await errorOf(discover(rig.connector));
    expect([error.errorClass, error.retryable, error.retryAfterMs]).toEqual(['rate_limited', true, 120_000]);
    expect(rig.standIn.requests.filter((request) => request.includes('/sag/search'))).toHaveLength(1);
  });

  it('gives up the run while an answer is awaited', async () => {
    rig.standIn.fault({ route: 'search', kind: 'slow', times: 9 });
    const given = new AbortController();
    const pending = all(rig.connector.discover({ cprs: [CITIZEN] }, run(given.signal)));
    given.abort();
    await expect(pending).rejects.toThrow(/abort/i);
  });

  it('lets go of a file that nobody reads to its end', async () => {
    const [found] = await discover(rig.connector);
    const [document] = await listed(rig.connector, found);
    for (let round = 0; round < 5; round += 1) {
      const { stream } = await rig.connector.fetch(document, document.files[0].sourceFileId, run());
      stream.destroy();
    }
    expect(await fetched(rig.connector, document)).toEqual(PDF);
  });

  it('says what is wrong instead of being well', async () => {
    rig.standIn.fault({ route: 'states', kind: '403' });
    expect(await rig.connector.health(run().signal)).toMatchObject({
      ok: false,
      detail: expect.stringContaining('403'),
    });
  });

  it('admits that it finds primary parties only when no other search is configured', () => {
    const { partySearchField: _field, ...settings } = rig.standIn.readerSettings();
    const { coverage } = createConnector({ ...rig.connector.source }, settings);
    expect(coverage.partyRoles).toEqual(['primary']);
    expect(coverage.knownGaps.join(' ')).toContain('sekundær part');
  });
});

describe('drop folder, what it refuses', () => {
  let rig: Awaited<ReturnType<typeof dropFolderRig>>;
  beforeEach(async () => (rig = await dropFolderRig(cases(2))));
  afterEach(() => rig.close());

  const manifest = (): string => join(rig.folder, 'manifest.json');
  const firstFile = async (): Promise<string> =>
    join(rig.folder, 'sag-1', (await readdir(join(rig.folder, 'sag-1')))[0]);
  const edit = async (change: (text: string) => string): Promise<void> =>
    writeFile(manifest(), change(await readFile(manifest(), 'utf8')));

  const spoils: [string, () => Promise<unknown>, SourceErrorClass][] = [
    ['a listed file that is missing', async () => rm(await firstFile()), 'integrity'],
    ['a file that is not listed', () => writeFile(join(rig.folder, `ny ${CITIZEN}.pdf`), PDF), 'integrity'],
    [
      'a file of the right size with other bytes',
      async () =>
        writeFile(
          await firstFile(),
          PDF.map((b) => b ^ 1),
        ),
      'integrity',
    ],
    ['a link that may lead out of the folder', () => symlink('/etc/hostname', join(rig.folder, 'link')), 'integrity'],
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
    expect((await errorOf(discover(rig.connector))).errorClass).toBe(errorClass);
  });

  it('refuses an export that is too old', async () => {
    await edit((text) => text.replace(/"exportedAt": "[^"]+"/, '"exportedAt": "2020-01-01T00:00:00Z"'));
    const connector = createConnector(rig.connector.source, { folder: rig.folder, oldestDays: 30 });
    expect((await errorOf(discover(connector))).errorClass).toBe('contract');
  });

  it('takes its coverage from the manifest', async () => {
    await discover(rig.connector);
    expect(rig.connector.coverage.knownGaps).toEqual(['Papirsager fra før 2009 er ikke scannet.']);
  });
});
