import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock';
import { Database } from '../database/database';
import { OutboxRow } from '../outbox/outbox-row.entity';
import type { JobContext, JobDefinition } from './job-definition';
import { KillPoint } from './kill-point';

export interface AnnouncedJob {
  outboxId: string;
  authorityId: string;
  subjectId: string;
}

/** Runs a job by its template: load, expect, do, mark. What the queue holds is ids; what is true stands in the row. */
@Injectable()
export class JobFrame {
  private readonly logger = new Logger('Job');

  constructor(
    private readonly database: Database,
    private readonly killPoint: KillPoint,
    private readonly clock: Clock,
  ) {}

  async run<Row, Result>(
    definition: JobDefinition<Row, Result>,
    job: AnnouncedJob,
    signal: AbortSignal,
  ): Promise<string> {
    const context: JobContext = { authorityId: job.authorityId, signal };
    const row = await this.database.inAuthority(job.authorityId, (entities) =>
      definition.load(entities, job.subjectId, false),
    );
    this.killPoint.pass(definition.name, 'after-load');
    const expectation = row === null ? 'the row is gone or its request was withdrawn' : definition.isExpected(row);
    if (row === null || expectation !== true) return this.discard(definition.name, job, String(expectation));
    const result = await definition.run(row, context);
    this.killPoint.pass(definition.name, 'after-effect');
    const summary = await this.database.inAuthority(job.authorityId, (entities) =>
      this.mark(entities, definition, job, result, context),
    );
    this.logger.log(`${definition.name}: ${summary}`);
    return summary;
  }

  async giveUp<Row, Result>(
    definition: JobDefinition<Row, Result>,
    job: AnnouncedJob,
    error: Error,
    signal: AbortSignal,
  ): Promise<void> {
    this.logger.error(`${definition.name} gave up after its last attempt: ${error.message}`);
    await this.database.inAuthority(job.authorityId, async (entities) => {
      const row = await definition.load(entities, job.subjectId, true);
      if (row !== null && definition.isExpected(row) === true) {
        await definition.giveUp?.(entities, row, error, { authorityId: job.authorityId, signal });
      }
      await this.complete(entities, job, error.message);
    });
  }

  private async mark<Row, Result>(
    entities: EntityManager,
    definition: JobDefinition<Row, Result>,
    job: AnnouncedJob,
    result: Result,
    context: JobContext,
  ): Promise<string> {
    const row = await definition.load(entities, job.subjectId, true);
    const expectation = row === null ? 'the row is gone or its request was withdrawn' : definition.isExpected(row);
    await this.complete(entities, job);
    if (row === null || expectation !== true) return `discarded after the effect, since ${expectation}`;
    const summary = await definition.mark(entities, row, result, context);
    this.killPoint.pass(definition.name, 'before-mark');
    return summary;
  }

  private async discard(name: string, job: AnnouncedJob, why: string): Promise<string> {
    await this.database.inAuthority(job.authorityId, (entities) => this.complete(entities, job));
    const summary = `discarded, since ${why}`;
    this.logger.log(`${name}: ${summary}`);
    return summary;
  }

  private async complete(entities: EntityManager, job: AnnouncedJob, errorText?: string): Promise<void> {
    await entities.update(
      OutboxRow,
      { id: job.outboxId },
      { completedAt: this.clock.now(), errorText: errorText ?? null },
    );
  }
}
