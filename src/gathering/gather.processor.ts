import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import type { EntityManager } from 'typeorm';
import { SourceError } from '../contracts';
import { THE_SYSTEM } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { RetryLater, type JobContext, type JobDefinition } from '../platform/queue/job-definition';
import { JobRegistry } from '../platform/queue/job-registry';
import { AccessRequest } from '../requests/request.entity';
import { Transitions } from '../requests/transitions';
import { GatherSource, type GatheredCounts } from './gather-source';
import { Gathering } from './gathering';
import { sourceFaultInWords } from './source-fault-words';
import { SourceRow } from './source.entity';
import { SourceRun } from './source-run.entity';

/** The queue `gather`: one job a source. */
@Injectable()
export class GatherProcessor implements OnModuleInit, JobDefinition<SourceRun, GatheredCounts> {
  readonly name = 'gather.source' as const;

  constructor(
    private readonly registry: JobRegistry,
    private readonly database: Database,
    private readonly gatherSource: GatherSource,
    private readonly gathering: Gathering,
    private readonly transitions: Transitions,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async load(entities: EntityManager, id: string, lock: boolean): Promise<SourceRun | null> {
    const run = await entities.findOneBy(SourceRun, { id });
    // For a request that was withdrawn there is no purpose any more to fetch anything.
    if (run && (await entities.existsBy(AccessRequest, { id: run.requestId, state: 'withdrawn' }))) return null;
    // The request is the lock of all its runs: the last one that ends moves it on.
    if (run && lock)
      await entities.findOneOrFail(AccessRequest, {
        where: { id: run.requestId },
        lock: { mode: 'pessimistic_write' },
      });
    return run && lock ? entities.findOneBy(SourceRun, { id }) : run;
  }

  isExpected(run: SourceRun): true | string {
    return ['pending', 'searching', 'fetching'].includes(run.state) || `the run is already ${run.state}`;
  }

  async run(run: SourceRun, context: JobContext): Promise<GatheredCounts> {
    try {
      return await this.gatherSource.run(run, context.signal);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      await this.noteFault(run, error);
      if (!error.retryable) throw new UnrecoverableError(error.message);
      throw error.retryAfterMs === undefined ? error : new RetryLater(error.message, error.retryAfterMs);
    }
  }

  async mark(entities: EntityManager, run: SourceRun, counts: GatheredCounts): Promise<string> {
    await entities.update(
      SourceRun,
      { id: run.id },
      { state: 'complete', finishedAt: this.clock.now(), errorClass: null, errorText: null, ...counts },
    );
    await this.gathering.continueWhenGathered(entities, run.authorityId, run.requestId, THE_SYSTEM);
    return `${counts.cases} cases, ${counts.documents} documents and ${counts.files} files gathered from one source`;
  }

  async giveUp(entities: EntityManager, run: SourceRun, error: Error): Promise<void> {
    const source = await entities.findOneByOrFail(SourceRow, { id: run.sourceId });
    const request = await entities.findOneByOrFail(AccessRequest, { id: run.requestId });
    await entities.update(
      SourceRun,
      { id: run.id },
      { state: 'failed', finishedAt: this.clock.now(), errorText: error.message },
    );
    await entities.update(
      AccessRequest,
      { id: request.id },
      {
        attention: `Vi kunne ikke hente alt fra ${source.name}. ${sourceFaultInWords(run.errorClass, error.message)} Søg igen, eller søg i hånden, og skriv, hvad søgningen gav.`,
      },
    );
    await this.transitions.tell(
      entities,
      request,
      'source-failed',
      `Et af vores systemer (${source.name}) svarer ikke. En medarbejder ser på det, så din fil bliver hel.`,
    );
  }

  /** Staff see what the source answered while the next attempt waits. */
  private async noteFault(run: SourceRun, error: SourceError): Promise<void> {
    await this.database.inAuthority(run.authorityId, (entities) =>
      entities.update(SourceRun, { id: run.id }, { errorClass: error.errorClass, errorText: error.message }),
    );
  }
}
