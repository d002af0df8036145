import { Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { Settings } from '../settings';
import { Queues } from './queues';

/** No row announces a tick: the next one comes by itself. */
export const NO_OUTBOX_ROW = '00000000-0000-0000-0000-000000000000';

/** Has the queue tick for every authority. */
@Injectable()
export class ClockTicker {
  constructor(
    private readonly database: Database,
    private readonly queues: Queues,
    private readonly settings: Settings,
  ) {}

  async start(): Promise<void> {
    for (const authorityId of await this.database.authorityIds()) {
      await this.queues
        .of('clock')
        .upsertJobScheduler(
          `tick-${authorityId}`,
          { every: this.settings.CLOCK_TICK_MS },
          {
            name: 'clock.tick',
            data: { outboxId: NO_OUTBOX_ROW, authorityId, subjectId: authorityId },
            opts: { removeOnComplete: 10, removeOnFail: 100 },
          },
        );
    }
  }
}
