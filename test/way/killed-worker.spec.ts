import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PackageFile } from '../../src/decisions/package-file.entity';
import { Delivery } from '../../src/delivery/delivery.entity';
import { verifyChain, type ChainVerdict } from '../../src/platform/audit-log/verify-chain';
import { KeyFile } from '../../src/platform/keys/key-file';
import { JOBS, type JobName } from '../../src/platform/queue/job-names';
import { OutboxRow } from '../../src/platform/outbox/outbox-row.entity';
import type { AccessRequest } from '../../src/requests/request.entity';
import { Town } from '../../src/sandbox/demo/town';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import { Carrier } from '../support/carry-request';
import { KilledWorker, MOMENTS, type KillPointName } from '../support/killed-worker';
import { until } from '../support/until';

/** Both runs believe that it is this moment, so that their files can be compared byte by byte. */
const MOMENT = '2026-11-16T09:00:00.000Z';
const LIMIT_MS = 900_000;
/** No receipt comes before it is asked for: each kill then meets the state that it is about. */
const NEVER_BY_ITSELF_MS = 24 * 3_600_000;
/** Not on the way of this request: a notice mail, a late notice, the file for an appeal body, the log's root, the deletion. */
const BESIDE: JobName[] = [
  'deliver.notice',
  'deliver.late-notice',
  'deliver.incident-letter',
  'assemble.appeal-file',
  'audit.root',
  'retention.run',
];
/** The jobs on the request's way, and the journal beside it. */
const NINE_JOBS = Object.values(JOBS)
  .flat()
  .filter((name) => !BESIDE.includes(name));

/**
 * A delivery writes each answer down as it comes, so that nothing is left to mark. It dies where it matters most instead:
 * the message is out, and nobody has written that down.
 */
const NO_MARK: KillPointName = 'deliver.package:before-mark';
const SENT: KillPointName = 'deliver.package:message-sent';

interface Place {
  folder: string;
  town: Town;
  carrier: Carrier;
}

interface Ended {
  request: AccessRequest;
  delivery: Delivery;
  /** Name and SHA-256 of each file that the citizen gets, but for the certificate: keys and ids are the town's own. */
  files: string[];
  certificates: string[];
  messages: { messageUUID: string; sha256: string }[];
  journal: { kind: string; finished: boolean }[];
  chain: ChainVerdict;
  unfinishedJobs: number;
}

async function open(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-way-'));
  const town = await Town.start({
    folder,
    adminUrl: process.env['TEST_POSTGRES_ADMIN_URL'],
    secretsFolder: process.env['TEST_POSTGRES_SECRETS'],
    receiptDelayMs: NEVER_BY_ITSELF_MS,
    settings: { FIXED_TIME: MOMENT, QUEUE_LOCK_MS: '1500', CLOCK_TICK_MS: '500' },
  });
  return { folder, town, carrier: await Carrier.start(town.settings, town.authorityId) };
}

async function close({ folder, town, carrier }: Place): Promise<void> {
  await carrier.stop();
  await town.stop();
  await rm(folder, { recursive: true, force: true });
}

/** What stands when the last job has ended: read from the database and from both peers. */
async function endOf({ town, carrier }: Place, id: string): Promise<Ended> {
  const request = await carrier.waitFor(id, ['delivered']);
  const { key } = await KeyFile.open(town.settings['AUDIT_KEY_FILE']);
  const state = () =>
    carrier.within(async (entities) => ({
      delivery: await entities.findOneByOrFail(Delivery, { requestId: id }),
      files: await entities.find(PackageFile, { order: { position: 'ASC' } }),
      chain: await verifyChain(entities, town.authorityId, key),
      unfinishedJobs: (await entities.find(OutboxRow)).filter((row) => row.completedAt === null).length,
    }));
  const settled = await until(
    'every job has ended and every entry is sealed',
    state,
    ({ chain, unfinishedJobs }) => unfinishedJobs === 0 && chain.unsealed === 0,
  );
  return {
    ...settled,
    request,
    files: settled.files
      .filter(({ kind }) => !kind.startsWith('certificate'))
      .map((file) => `${file.kind} ${file.name} ${file.sha256}`),
    certificates: settled.files.map(({ kind }) => kind).filter((kind) => kind.startsWith('certificate')),
    messages: (await town.digitalPost.control.messages()).map(({ messageUUID, sha256 }) => ({ messageUUID, sha256 })),
    journal: town.sbsys.journalEntries().map(({ kind, finished }) => ({ kind, finished })),
  };
}

/** The request's way with a worker that nobody kills. */
async function unkilledRun(place: Place): Promise<Ended> {
  const { town, carrier } = place;
  const [caseworker, approver] = await staffOf(carrier);
  await town.run('worker');
  const { id } = await carrier.ask(CLARA);
  await carrier.waitFor(id, ['review']);
  await carrier.review(id, caseworker);
  await carrier.waitFor(id, ['ready']);
  await carrier.sign(id, approver);
  await carrier.waitFor(id, ['submitted']);
  await town.digitalPost.control.releaseReceipts();
  return endOf(place, id);
}

/** The same way; at every point of the nine jobs the worker dies and another one goes on. */
async function killedRun(place: Place, killed: KilledWorker): Promise<Ended> {
  const { town, carrier } = place;
  const [caseworker, approver] = await staffOf(carrier);
  const { id } = await carrier.ask(CLARA);
  for (const job of ['journal.entry', 'gather.source', 'convert.file', 'propose.request', 'clock.tick'] as const)
    for (const moment of MOMENTS) await killed.dieAt(`${job}:${moment}`);
  await killed.dieAt('apply.file:after-load', async () => {
    await carrier.waitFor(id, ['review']);
    await carrier.review(id, caseworker);
  });
  await killed.dieAt('apply.file:after-effect');
  await killed.dieAt('apply.file:before-mark');
  for (const moment of MOMENTS) await killed.dieAt(`assemble.decision:${moment}`);
  await killed.dieAt('deliver.package:after-load', async () => {
    await carrier.waitFor(id, ['ready']);
    await carrier.sign(id, approver);
  });
  await killed.dieAt(SENT);
  await killed.dieAt('deliver.package:after-effect');
  for (const moment of ['after-load', 'before-mark'] as const) await killed.dieAt(`receipts.pull:${moment}`);
  // The last receipt is stored and confirmed, and the worker dies with it.
  await town.digitalPost.control.releaseReceipts();
  await killed.dieAt('receipts.pull:after-effect');
  await town.run('worker');
  return endOf(place, id);
}

async function staffOf(carrier: Carrier) {
  return [await carrier.staff('mette', ['sagsbehandler']), await carrier.staff('jens', ['godkender'])];
}

describe('a worker that is killed at every point of the nine jobs', () => {
  let place: Place;
  let killed: KilledWorker;
  let expected: Ended;
  let ended: Ended;

  beforeAll(async () => {
    const first = await open();
    expected = await unkilledRun(first).finally(() => close(first));
    place = await open();
    killed = new KilledWorker(place.town);
    ended = await killedRun(place, killed);
  }, LIMIT_MS);
  afterAll(async () => {
    if (place) await close(place);
  });

  it('really died at every one of the twenty-seven', () => {
    const points = NINE_JOBS.flatMap((job) => MOMENTS.map((moment): KillPointName => `${job}:${moment}`)).map(
      (point) => (point === NO_MARK ? SENT : point),
    );
    expect(points).toHaveLength(27);
    expect([...killed.died].sort()).toEqual([...points].sort());
  });

  it('leads to the same letter, list and package, byte for byte', () => {
    expect(expected.files.map((file) => file.split(' ')[0]).sort()).toEqual([
      'aktliste',
      'letter',
      'package',
      'reading-html',
      'reading-pdf',
    ]);
    expect(ended.files).toEqual(expected.files);
    expect(ended.certificates).toEqual(['certificate', 'certificate-data']);
  });

  it('leads to one message with the bytes that were stored before the first try', async () => {
    const [{ messageUuid, contentSha256 }, ...others] = await place.carrier.messagesOf(ended.request.id);
    expect(ended.delivery.state).toBe('delivered');
    expect(others).toEqual([]);
    expect(ended.messages).toEqual([{ messageUUID: messageUuid, sha256: contentSha256 }]);
    const [message] = await place.town.digitalPost.control.messages();
    expect(
      createHash('sha256')
        .update(await readFile(message.path))
        .digest('hex'),
    ).toBe(contentSha256);
    expect(message.attempts).toBeGreaterThan(1);
  });

  it('delivers the request, with nothing left for staff to look at', () => {
    expect(ended.request.state).toBe('delivered');
    expect(ended.request.attention).toBe(expected.request.attention);
  });

  it('journalises request, decision and package once each', () => {
    expect(ended.journal.map((entry) => entry.kind).sort()).toEqual(expected.journal.map((entry) => entry.kind).sort());
    expect(ended.journal).toHaveLength(3);
    expect(new Set(ended.journal.map((entry) => entry.kind)).size).toBe(3);
    expect(ended.journal.every((entry) => entry.finished)).toBe(true);
  });

  it('leaves the audit log whole and every entry sealed', () => {
    expect(ended.chain).toMatchObject({ isWhole: true, unsealed: 0 });
    expect(ended.chain.sealed).toBeGreaterThan(0);
  });

  it('leaves no working file behind after the next start', async () => {
    const folder = place.town.settings['TEMPORARY_FOLDER'];
    const names = await readdir(folder);
    // Each of the dead left its folder, and the one that runs now has swept them.
    expect(killed.leftBehind.size).toBe(killed.died.length);
    expect(names.filter((name) => killed.leftBehind.has(name))).toEqual([]);
    const contents = await Promise.all(names.map((name) => readdir(join(folder, name))));
    expect(contents.flat()).toEqual([]);
  });
});
