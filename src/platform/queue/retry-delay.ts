import type { Job } from 'bullmq';
import { RetryLater } from './job-definition';

/** The kind of backoff that jobs are published with; workers resolve it by {@link retryDelay}. */
export const RETRY_BACKOFF = 'as-told-or-growing';

/** What another side asks for is honoured up to this; a job that waits longer would be taken for lost. */
const LONGEST_WAIT_MS = 10 * 60_000;
/** Jobs that failed together do not come back together. */
const JITTER = 0.3;

/** Milliseconds to the next attempt: as the other side said ({@link RetryLater}), else doubling from the job's own delay. */
export function retryDelay(attemptsMade: number, _type?: string, error?: Error, job?: Pick<Job, 'opts'>): number {
  if (error instanceof RetryLater) return Math.min(error.afterMs, LONGEST_WAIT_MS);
  const { backoff } = job?.opts ?? {};
  const first = typeof backoff === 'object' ? (backoff.delay ?? 0) : 0;
  const delay = Math.min(first * 2 ** (attemptsMade - 1), LONGEST_WAIT_MS);
  return Math.round(delay * (1 - JITTER * Math.random()));
}
