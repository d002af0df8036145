import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import type { EntityManager } from 'typeorm';
import { SourceError } from '../contracts';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { RetryLater, type JobContext, type JobDefinition } from '../platform/queue/job-definition';
import { JobRegistry } from '../platform/queue/job-registry';
import { AccessRequest } from '../requests/request.entity';
import { Transitions } from '../requests/transitions';
import { CircuitBreaker, LeftAlone } from './circuit-breaker';
import { IdentityMismatch } from './confirm-identity';
import { SearchSource, type StoreOutcome } from './search-source';
import { sourceFaultInWords } from './source-fault-words';
import { PERSON_REGISTER } from './source-kinds';
import { SourceRow } from './source.entity';
import { SourceRun } from './source-run.entity';

/** The queue `gather`: one job a source. */
@Injectable()
export class GatherProcessor implements OnModuleInit, JobDefinition<SourceRun, StoreOutcome> {
  readonly name = 'gather.source' as const;

  constructor(
    private readonly registry: JobRegistry,
    private readonly database: Database,
    private readonly search: SearchSource,
    private readonly breaker: CircuitBreaker,
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
    const isWanted = run.purpose === 'recheck' || ['pending', 'searching', 'fetching'].includes(run.state);
    return isWanted || `the run is already ${run.state}`;
  }

  async run(run: SourceRun, context: JobContext): Promise<StoreOutcome> {
    const wait = await this.breaker.wait(run);
    if (wait > 0) throw new LeftAlone(wait);
    try {
      const outcome = await this.search.run(run, context.signal);
      await this.breaker.answered(run);
      return outcome;
    } catch (error) {
      if (error instanceof IdentityMismatch) {
        await this.noteFault(run, `identity_${error.mismatch}`, error.message);
        throw new UnrecoverableError(error.message);
      }
      if (!(error instanceof SourceError)) throw error;
      await this.noteFault(run, error.errorClass, error.message);
      if (!error.retryable) throw new UnrecoverableError(error.message);
      await this.breaker.failed(run);
      throw error.retryAfterMs === undefined ? error : new RetryLater(error.message, error.retryAfterMs);
    }
  }

  mark(entities: EntityManager, run: SourceRun, store: StoreOutcome): Promise<string> {
    return store(entities, run);
  }

  async giveUp(entities: EntityManager, run: SourceRun, error: Error): Promise<void> {
    const source = await entities.findOneByOrFail(SourceRow, { id: run.sourceId });
    const request = await entities.findOneByOrFail(AccessRequest, { id: run.requestId });
    // What the source answered when it was last asked says more than that it was not asked again.
    const cause = error instanceof LeftAlone ? (run.errorText ?? error.message) : error.message;
    const words = sourceFaultInWords(run.errorClass, cause);
    if (run.purpose === 'recheck') {
      await entities.update(SourceRun, { id: run.id }, { purpose: 'gather' });
      const attention = `Vi kunne ikke se efter nyt i ${source.name}. ${words} Prøv igen.`;
      return void (await entities.update(AccessRequest, { id: request.id }, { attention }));
    }
    await entities.update(
      SourceRun,
      { id: run.id },
      { state: 'failed', finishedAt: this.clock.now(), errorText: cause },
    );
    const attention =
      source.kind === PERSON_REGISTER
        ? `Der er ikke hentet noget. ${words}`
        : `Vi kunne ikke hente alt fra ${source.name}. ${words} Søg igen, eller søg i hånden, og skriv, hvad søgningen gav.`;
    await entities.update(AccessRequest, { id: request.id }, { attention });
    await this.transitions.tell(
      entities,
      request,
      'source-failed',
      `Et af vores systemer (${source.name}) svarer ikke. En medarbejder ser på det, så din fil bliver hel.`,
    );
  }

  /** Staff see what the source answered while the next attempt waits. */
  private async noteFault(run: SourceRun, errorClass: string, errorText: string): Promise<void> {
    await this.database.inAuthority(run.authorityId, (entities) =>
      entities.update(SourceRun, { id: run.id }, { errorClass, errorText }),
    );
  }
}
