import { randomUUID } from 'node:crypto';
import { runMigrations } from 'bullmq';
import {
  queueBackend,
  type JobPayload,
  type JobQueue,
  type JobWorker,
  type PayloadJob,
  type QueueBackend,
} from '../../src/platform/queue/queue-backend';
import { RetryLater } from '../../src/platform/queue/job-definition';
import { RETRY_BACKOFF, retryDelay } from '../../src/platform/queue/retry-delay';
import { startRedis, type RedisServer } from '../support/redis-server';
import { testDatabase } from '../support/test-database';

const LOCK = { lockDuration: 1000, stalledInterval: 500, maxStalledCount: 6 };
const payload = (): JobPayload => ({ outboxId: randomUUID(), authorityId: randomUUID(), subjectId: randomUUID() });

interface Backend {
  name: string;
  open(): Promise<QueueBackend | null>;
  close(): Promise<void>;
}

let redis: RedisServer | null = null;
const BACKENDS: Backend[] = [
  {
    name: 'PostgreSQL',
    async open() {
      const { programUrl } = await testDatabase();
      return queueBackend({ QUEUE_BACKEND: 'postgres', DATABASE_URL: programUrl });
    },
    async close() {},
  },
  {
    name: 'Redis',
    async open() {
      redis = await startRedis();
      return redis && queueBackend({ QUEUE_BACKEND: 'redis', DATABASE_URL: '', REDIS_URL: redis.url });
    },
    async close() {
      await redis?.stop();
    },
  },
];

describe.each(BACKENDS)('the queue on $name', (backend) => {
  let made: QueueBackend | null;
  let queue: JobQueue;
  const workers: JobWorker[] = [];

  beforeAll(async () => {
    made = await backend.open();
    if (made) await (queue = made.queue('gather')).waitUntilReady();
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.close()));
  });
  afterAll(async () => {
    await queue?.close();
    await backend.close();
  });

  /** A rule of the contract; where the server is missing the run has said so loudly. */
  const rule = (sentence: string, test: (backend: QueueBackend) => Promise<void>) =>
    it(sentence, async () => (made ? test(made) : undefined));
  const work = async (
    from: QueueBackend,
    processor: (job: PayloadJob) => Promise<unknown>,
    concurrency = 5,
  ): Promise<JobWorker> => {
    const worker = from.worker('gather', processor, { concurrency, ...LOCK });
    worker.on('error', () => undefined);
    workers.push(worker);
    await worker.waitUntilReady();
    return worker;
  };
  const until = <T>(start: (done: (value: T) => void) => void): Promise<T> => new Promise(start);

  rule('hands over the payload as it was', async (from) => {
    const sent = payload();
    const received = until<JobPayload>((done) => void work(from, async (job) => done(job.data)));
    await queue.add('gather.source', sent);
    expect(await received).toEqual(sent);
  });

  rule('takes the same id twice as one job', async (from) => {
    const sent = payload();
    await queue.add('gather.source', sent, { jobId: sent.outboxId });
    await queue.add('gather.source', sent, { jobId: sent.outboxId });
    const last = payload();
    await queue.add('gather.source', last, { jobId: last.outboxId });
    const seen: string[] = [];
    await until<void>(
      (done) =>
        void work(
          from,
          async (job) => {
            seen.push(job.data.outboxId);
            if (job.data.outboxId === last.outboxId) done();
          },
          1,
        ),
    );
    expect(seen).toEqual([sent.outboxId, last.outboxId]);
  });

  rule('tries a job again that failed, and says when it was the last time', async (from) => {
    let attempts = 0;
    const worker = from.worker(
      'gather',
      async () => {
        attempts += 1;
        throw new Error('not now');
      },
      { concurrency: 1, ...LOCK },
    );
    workers.push(worker);
    const last = until<number>((done) =>
      worker.on('failed', (job) => {
        if (job && job.attemptsMade === 3) done(job.attemptsMade);
      }),
    );
    await queue.add('gather.source', payload(), { attempts: 3, backoff: { type: 'fixed', delay: 50 } });
    expect(await last).toBe(3);
    expect(attempts).toBe(3);
  });

  rule('comes back when the other side said, and leaves the worker free until then', async (from) => {
    const seen: { id: string; at: number }[] = [];
    const late = payload();
    const worker = from.worker(
      'gather',
      async (job) => {
        seen.push({ id: job.data.outboxId, at: Date.now() });
        if (job.data.outboxId === late.outboxId && job.attemptsMade === 0) throw new RetryLater('ask later', 1500);
      },
      { concurrency: 1, ...LOCK, settings: { backoffStrategy: retryDelay } },
    );
    workers.push(worker);
    const cameBack = until<void>((done) =>
      worker.on('completed', (job) => {
        if (job?.data.outboxId === late.outboxId) done();
      }),
    );
    const options = { attempts: 3, backoff: { type: RETRY_BACKOFF, delay: 60_000 } };
    await queue.add('gather.source', late, options);
    const between = payload();
    await queue.add('gather.source', between, options);
    await cameBack;
    expect(seen.map(({ id }) => id)).toEqual([late.outboxId, between.outboxId, late.outboxId]);
    expect(seen[2].at - seen[0].at).toBeGreaterThanOrEqual(1400);
  });

  rule('gives the job of a dead worker to another', async (from) => {
    const sent = payload();
    const holding = until<void>(
      (done) =>
        void work(
          from,
          () => {
            done();
            return new Promise(() => undefined);
          },
          1,
        ),
    );
    await queue.add('gather.source', sent, { jobId: sent.outboxId });
    await holding;
    // Closed by force the worker renews no lock, as after a kill.
    await workers.splice(0)[0].close(true);
    expect(await until<string>((done) => void work(from, async (job) => done(job.data.outboxId)))).toBe(sent.outboxId);
  });

  rule('waits for the running job when it is closed', async (from) => {
    let finish = (): void => undefined;
    let isFinished = false;
    const started = until<void>(
      (done) =>
        void work(
          from,
          async () => {
            done();
            await new Promise<void>((end) => (finish = end));
            isFinished = true;
          },
          1,
        ),
    );
    await queue.add('gather.source', payload());
    await started;
    const closing = workers.splice(0)[0].close();
    finish();
    await closing;
    expect(isFinished).toBe(true);
  });

  rule('ticks by itself', async (from) => {
    await queue.upsertJobScheduler('tick', { every: 200 }, { name: 'gather.source', data: payload() });
    let ticks = 0;
    await until<void>(
      (done) =>
        void work(from, async () => {
          ticks += 1;
          if (ticks === 3) done();
        }),
    );
    expect(ticks).toBeGreaterThanOrEqual(3);
  });
});

it('runs its migration twice without harm', async () => {
  const { asSuperuser } = await testDatabase();
  await expect(asSuperuser((client) => runMigrations(client))).resolves.toBeGreaterThan(0);
});
