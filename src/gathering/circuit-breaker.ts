import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database';
import { RetryLater } from '../platform/queue/job-definition';
import { Settings } from '../platform/settings';
import type { SourceRun } from './source-run.entity';

/** Faults in a row, over all requests, after which a source is left alone for a while. */
const FAULTS_TO_OPEN = 5;
/** The first pause in units of the queue's first retry; it doubles with every failed probe. */
const FIRST_PAUSE = 30;
const LONGEST_PAUSE_MS = 10 * 60_000;

/** The source is not asked now: it has not answered others. */
export class LeftAlone extends RetryLater {
  constructor(waitMs: number) {
    super('The source is left alone for a while, since it does not answer.', waitMs);
    this.name = 'LeftAlone';
  }
}

/**
 * Leaves a source alone that does not answer, whoever asks. When the pause is over one run may try, and the others wait
 * for what it learns. The time is the database's, so that all workers mean the same.
 */
@Injectable()
export class CircuitBreaker {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** Milliseconds that this run must wait; 0 lets it ask. */
  wait({ authorityId, sourceId }: SourceRun): Promise<number> {
    return this.database.inAuthority(authorityId, async (entities) => {
      const [probes]: [unknown[]] = await entities.query(
        `update source_breaker set open_until = clock_timestamp() + make_interval(secs => $2)
         where source_id = $1 and open_until <= clock_timestamp() returning source_id`,
        [sourceId, this.pauseMs(0) / 1000],
      );
      if (probes.length > 0) return 0;
      const [open]: { ms: number }[] = await entities.query(
        `select ceil(extract(epoch from open_until - clock_timestamp()) * 1000)::int as ms
         from source_breaker where source_id = $1 and open_until > clock_timestamp()`,
        [sourceId],
      );
      return open?.ms ?? 0;
    });
  }

  async answered({ authorityId, sourceId }: SourceRun): Promise<void> {
    await this.database.inAuthority(authorityId, (entities) =>
      entities.query(
        'update source_breaker set failures = 0, open_until = null where source_id = $1 and failures > 0',
        [sourceId],
      ),
    );
  }

  async failed({ authorityId, sourceId }: SourceRun): Promise<void> {
    await this.database.inAuthority(authorityId, async (entities) => {
      const [{ failures }]: { failures: number }[] = await entities.query(
        `insert into source_breaker (source_id, authority_id, failures) values ($1, $2, 1)
         on conflict (source_id) do update set failures = source_breaker.failures + 1 returning failures`,
        [sourceId, authorityId],
      );
      if (failures < FAULTS_TO_OPEN) return;
      await entities.query(
        'update source_breaker set open_until = clock_timestamp() + make_interval(secs => $2) where source_id = $1',
        [sourceId, this.pauseMs(failures - FAULTS_TO_OPEN) / 1000],
      );
    });
  }

  private pauseMs(failedProbes: number): number {
    return Math.min(LONGEST_PAUSE_MS, this.settings.QUEUE_RETRY_MS * FIRST_PAUSE * 2 ** Math.min(failedProbes, 10));
  }
}
