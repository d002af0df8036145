import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Settings } from '../settings';
import { QUEUE_NAMES, type QueueName } from './job-names';
import { queueBackend, type JobPayload, type JobQueue } from './queue-backend';
import { RETRY_BACKOFF } from './retry-delay';

const ATTEMPTS = 8;

/** The sending side of the queues, opened when first needed. */
@Injectable()
export class Queues implements OnApplicationShutdown {
  private readonly logger = new Logger('Queues');
  private readonly open = new Map<QueueName, JobQueue>();

  constructor(private readonly settings: Settings) {}

  of(name: QueueName): JobQueue {
    const known = this.open.get(name);
    if (known) return known;
    const queue = queueBackend(this.settings).queue(name);
    queue.on('error', (error: Error) => this.logger.error(`The queue ${name} reports: ${error.message}`));
    this.open.set(name, queue);
    return queue;
  }

  /** The id is the announcement's, so that the same one announced twice is one job. */
  async announce(queue: QueueName, name: string, payload: JobPayload, attempt: number): Promise<void> {
    await this.of(queue).add(name, payload, {
      jobId: `${payload.outboxId}-${attempt}`,
      attempts: ATTEMPTS,
      backoff: { type: RETRY_BACKOFF, delay: this.settings.QUEUE_RETRY_MS },
      removeOnComplete: { age: 24 * 3600, count: 5000 },
      removeOnFail: { age: 14 * 24 * 3600 },
    });
  }

  async counts(): Promise<Record<QueueName, Record<string, number>>> {
    const entries = await Promise.all(
      QUEUE_NAMES.map(
        async (name) => [name, await this.of(name).getJobCounts('waiting', 'active', 'delayed', 'failed')] as const,
      ),
    );
    return Object.fromEntries(entries) as Record<QueueName, Record<string, number>>;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.open.values()].map((queue) => queue.close()));
    this.open.clear();
  }
}
