import { Injectable, Logger } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import { Settings } from '../settings';
import { JobFrame } from './job-frame';
import { QUEUE_NAMES, type QueueName } from './job-names';
import { JobRegistry } from './job-registry';
import { queueBackend, type JobWorker, type PayloadJob } from './queue-backend';
import { retryDelay } from './retry-delay';

/** Jobs of a queue that one process runs at the same time. */
const CONCURRENCY: Record<QueueName, number> = {
  // Waiting for others is what gathering mostly does.
  gather: 8,
  convert: 2,
  propose: 1,
  apply: 2,
  assemble: 1,
  deliver: 4,
  receipts: 1,
  clock: 1,
  journal: 1,
};
/** A worker may be killed several times while it holds the same job and the job still ends; a job that always kills it does not go on for ever. */
const MOST_STALLS = 12;

/** The receiving side: one worker a queue, dispatching by the registry. */
@Injectable()
export class Workers {
  private readonly logger = new Logger('Workers');
  private readonly running: JobWorker[] = [];
  private readonly stopping = new AbortController();

  constructor(
    private readonly settings: Settings,
    private readonly registry: JobRegistry,
    private readonly frame: JobFrame,
  ) {}

  async start(): Promise<void> {
    this.registry.assertComplete();
    const backend = queueBackend(this.settings);
    for (const name of QUEUE_NAMES) {
      const worker = backend.worker(name, (job) => this.process(job), {
        concurrency: CONCURRENCY[name],
        lockDuration: this.settings.QUEUE_LOCK_MS,
        stalledInterval: Math.max(500, this.settings.QUEUE_LOCK_MS / 2),
        maxStalledCount: MOST_STALLS,
        settings: { backoffStrategy: retryDelay },
      });
      worker.on('error', (error: Error) => this.logger.error(`The worker of ${name} reports: ${error.message}`));
      worker.on('failed', (job, error) => void this.afterFailure(job as PayloadJob | undefined, error));
      this.running.push(worker);
    }
    await Promise.all(this.running.map((worker) => worker.waitUntilReady()));
  }

  /** Lets the running jobs end, then closes. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running.splice(0).map((worker) => worker.close()));
  }

  private process(job: PayloadJob): Promise<string> {
    return this.frame.run(this.registry.definitionOf(job.name), job.data, this.stopping.signal);
  }

  private async afterFailure(job: PayloadJob | undefined, error: Error): Promise<void> {
    if (!job) return;
    const attempts = job.opts.attempts ?? 1;
    const isLast = job.attemptsMade >= attempts || error instanceof UnrecoverableError;
    if (!isLast)
      return this.logger.warn(
        `${job.name} failed (attempt ${job.attemptsMade} of ${attempts}) and is tried again: ${error.message}`,
      );
    try {
      await this.frame.giveUp(this.registry.definitionOf(job.name), job.data, error, this.stopping.signal);
    } catch (fault) {
      this.logger.error(`${job.name} could not be marked as failed: ${(fault as Error).message}`);
    }
  }
}
