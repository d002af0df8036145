import type { EntityManager } from 'typeorm';
import type { JobName } from './job-names';

export interface JobContext {
  authorityId: string;
  signal: AbortSignal;
}

/** What `isExpected` answers when the row is past the job: the job is discarded with this sentence. */
export type Expectation = true | string;

/**
 * A job as a template. It may run twice and be killed anywhere: `run` does its effect in a way that can be repeated,
 * `mark` is one transaction that says it is done.
 */
export interface JobDefinition<Row, Result> {
  name: JobName;
  /** Reads the row; with `lock` for update. Null: the row is gone or its request was withdrawn; the job is discarded. */
  load(entities: EntityManager, subjectId: string, lock: boolean): Promise<Row | null>;
  isExpected(row: Row): Expectation;
  run(row: Row, context: JobContext): Promise<Result>;
  /** Returns a one-line summary that people read; no personal data. */
  mark(entities: EntityManager, row: Row, result: Result, context: JobContext): Promise<string>;
  /** Called when the last attempt failed, so that the row says so and somebody is told. */
  giveUp?(entities: EntityManager, row: Row, error: Error, context: JobContext): Promise<void>;
}

/** Says how long to wait before the next attempt, where the other side said so. */
export class RetryLater extends Error {
  constructor(
    message: string,
    readonly afterMs: number,
  ) {
    super(message);
    this.name = 'RetryLater';
  }
}

// The registry holds definitions of every row type; each is only ever called with what its own `load` gave.
export type AnyJobDefinition = JobDefinition<never, never>;
