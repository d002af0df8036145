import {
  createPostgresBackend,
  Queue,
  Worker,
  withBackend,
  type Job,
  type Processor,
  type WorkerOptions,
} from 'bullmq';
import type { Settings } from '../settings';
import type { QueueName } from './job-names';

/** Every payload: ids, nothing else. */
export interface JobPayload {
  outboxId: string;
  authorityId: string;
  subjectId: string;
}

export type JobQueue = Pick<
  Queue<JobPayload>,
  'add' | 'close' | 'getJobCounts' | 'getJobScheduler' | 'upsertJobScheduler' | 'waitUntilReady' | 'on'
>;
export type JobWorker = Pick<Worker<JobPayload>, 'close' | 'on' | 'waitUntilReady'>;
export type PayloadJob = Job<JobPayload>;

/** Makes queues and workers on PostgreSQL or Redis; everything above is the same for both. */
export interface QueueBackend {
  queue(name: QueueName): JobQueue;
  worker(name: QueueName, processor: Processor<JobPayload>, options: Omit<WorkerOptions, 'connection'>): JobWorker;
}

/** Two connections a queue or worker beside its LISTEN: eight of each stay near 41 in all. */
const POSTGRES_POOL = 2;
const PREFIX = 'aktindsigt';

export function queueBackend(settings: Pick<Settings, 'QUEUE_BACKEND' | 'DATABASE_URL' | 'REDIS_URL'>): QueueBackend {
  return settings.QUEUE_BACKEND === 'redis'
    ? redisBackend(settings.REDIS_URL as string)
    : postgresBackend(settings.DATABASE_URL);
}

function postgresBackend(connectionString: string): QueueBackend {
  const classes = withBackend(createPostgresBackend);
  const connection = () => ({ connectionString, max: POSTGRES_POOL });
  return {
    queue: (name) => new classes.Queue<JobPayload>(name, { connection: connection() }) as unknown as JobQueue,
    worker: (name, processor, options) =>
      new classes.Worker<JobPayload>(
        name,
        processor as never,
        { ...options, connection: connection() } as never,
      ) as unknown as JobWorker,
  };
}

function redisBackend(url: string): QueueBackend {
  return {
    queue: (name) => new Queue<JobPayload>(name, { connection: { url, enableOfflineQueue: false }, prefix: PREFIX }),
    worker: (name, processor, options) =>
      new Worker<JobPayload>(name, processor, {
        ...options,
        connection: { url, maxRetriesPerRequest: null },
        prefix: PREFIX,
      }),
  };
}
