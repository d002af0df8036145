import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Town } from '../../src/sandbox/demo/town';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import { asSuperuser } from '../support/as-superuser';
import { Carrier } from '../support/carry-request';
import { KilledWorker } from '../support/killed-worker';
import { startRedis, type RedisServer } from '../support/redis-server';

const LIMIT_MS = 600_000;

interface Backend {
  name: string;
  /** The settings of the program; null when the server is not on this machine. */
  open(): Promise<Record<string, string> | null>;
  /** Forgets every job, schedule and note of the queue, as a server that lost its disk. */
  lose(town: Town): Promise<void>;
  close(): Promise<void>;
}

let redis: RedisServer | null = null;
const BACKENDS: Backend[] = [
  {
    name: 'PostgreSQL',
    open: async () => ({}),
    lose: (town) =>
      asSuperuser(town, async (client) => {
        const { rows } = await client.query<{ name: string }>(
          `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'bullmq' and tablename <> 'migration'`,
        );
        await client.query(`truncate ${rows.map((row) => row.name).join(', ')}`);
      }),
    close: async () => undefined,
  },
  {
    name: 'Redis',
    async open() {
      redis = await startRedis();
      return redis && { QUEUE_BACKEND: 'redis', REDIS_URL: redis.url };
    },
    async lose() {
      const client = new Redis((redis as RedisServer).url);
      await client.flushall();
      await client.quit();
    },
    close: async () => redis?.stop(),
  },
];

/** The announcements become so old that their jobs count as lost. Says how many there are. */
async function passHalfAnHour(town: Town): Promise<number> {
  let count = 0;
  await asSuperuser(town, async (client) => {
    const { rowCount } = await client.query(
      `update outbox set published_at = published_at - interval '31 minutes' where completed_at is null and published_at is not null`,
    );
    count = rowCount ?? 0;
  });
  return count;
}

describe.each(BACKENDS)('a queue on $name that forgets everything twice', (backend) => {
  let folder: string;
  let town: Town | undefined;
  let carrier: Carrier | undefined;

  beforeAll(async () => {
    const settings = await backend.open();
    if (!settings) return;
    folder = await mkdtemp(join(tmpdir(), 'aktindsigt-way-'));
    town = await Town.start({
      folder,
      adminUrl: process.env['TEST_POSTGRES_ADMIN_URL'],
      secretsFolder: process.env['TEST_POSTGRES_SECRETS'],
      receiptDelayMs: 100,
      settings: { ...settings, QUEUE_LOCK_MS: '1500', CLOCK_TICK_MS: '500' },
    });
    carrier = await Carrier.start(town.settings, town.authorityId);
  }, LIMIT_MS);
  afterAll(async () => {
    await carrier?.stop();
    await town?.stop();
    await backend.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  it(
    'is filled again from the outbox, and the request goes on to the mailbox, once',
    async () => {
      if (!town || !carrier) return;
      const caseworker = await carrier.staff('mette', ['sagsbehandler']);
      const approver = await carrier.staff('jens', ['godkender']);
      const { id } = await carrier.ask(CLARA);

      // In mid-way, with files being converted and nobody at work: a new worker finds an empty queue.
      await new KilledWorker(town).dieAt('convert.file:after-effect');
      await backend.lose(town);
      expect(await passHalfAnHour(town)).toBeGreaterThan(0);
      await town.run('worker');
      await carrier.waitFor(id, ['review']);

      // While a worker runs: it has to remember by itself to ask for receipts.
      await backend.lose(town);
      await carrier.review(id, caseworker);
      await carrier.waitFor(id, ['ready']);
      await carrier.sign(id, approver);
      await carrier.waitFor(id, ['delivered']);
      expect(await town.digitalPost.control.messages()).toHaveLength(1);
    },
    LIMIT_MS,
  );
});
