import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThanOrEqual, type EntityManager } from 'typeorm';
import { addWorkingDays, danishDay } from '../law';
import { THE_SYSTEM } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Settings } from '../platform/settings';
import { AccessRequest } from '../requests/request.entity';
import { Gathering } from './gathering';
import { SourceRow } from './source.entity';
import { OPEN_RUN_STATES, SourceRun } from './source-run.entity';

/** With so many working days left of the seven an employee is told what has not been searched. */
const ALARM_WORKING_DAYS = 3;
/** A source that was given up is tried again by itself after this, while the request waits. */
const AGAIN_AFTER_MS = 30 * 60_000;
/** Faults that may pass by themselves; the others need a person. */
const PASSING = ['timeout', 'unavailable', 'rate_limited', 'locked', 'truncated'];

/** What time does to a gathering: sources that failed are tried again, and the deadline is warned of well before it. */
@Injectable()
export class GatheringWatch {
  constructor(
    private readonly gathering: Gathering,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** Called by the clock. Returns how many requests were warned of. */
  async tick(entities: EntityManager): Promise<number> {
    await this.tryAgain(entities);
    return this.warn(entities);
  }

  private async tryAgain(entities: EntityManager): Promise<void> {
    const failed = await entities.findBy(SourceRun, {
      state: 'failed',
      errorClass: In(PASSING),
      finishedAt: LessThanOrEqual(new Date(this.clock.now().getTime() - AGAIN_AFTER_MS)),
    });
    for (const { id, requestId } of failed)
      if (await entities.existsBy(AccessRequest, { id: requestId, state: 'gathering' }))
        await this.gathering.retry(entities, id, THE_SYSTEM);
  }

  private async warn(entities: EntityManager): Promise<number> {
    const today = danishDay(this.clock.now());
    const near = addWorkingDays(today, ALARM_WORKING_DAYS, this.settings.SOFT_HOLIDAYS);
    const requests = await entities.findBy(AccessRequest, {
      state: 'gathering',
      deadlineOn: LessThanOrEqual(near),
      attention: IsNull(),
    });
    for (const { id } of requests) {
      const attention = `Fristen nærmer sig, og ${await this.unsearched(entities, id)} er ikke søgt færdigt. Søg i hånden, svar uden, eller skriv til borgeren om en ny frist, før den gamle er gået.`;
      await entities.update(AccessRequest, { id }, { attention });
    }
    return requests.length;
  }

  private async unsearched(entities: EntityManager, requestId: string): Promise<string> {
    const runs = await entities.findBy(SourceRun, { requestId, state: In(OPEN_RUN_STATES) });
    const sources = await entities.findBy(SourceRow, { id: In(runs.map(({ sourceId }) => sourceId)) });
    return sources
      .map(({ name }) => name)
      .sort()
      .join(' og ');
  }
}
