import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../database/database';
import { Settings } from '../settings';
import { Queues } from './queues';

/** No row announces a tick: the next one comes by itself. */
export const NO_OUTBOX_ROW = '00000000-0000-0000-0000-000000000000';

/** So many ticks may be missed before it is looked at whether the queue still knows that it has to tick. */
const TICKS_A_LOOK = 10;

/**
 * Has the queue tick for every authority, and looks now and then that it still does: a queue that was lost forgets its
 * ticks, and it is a tick that announces lost jobs again.
 */
@Injectable()
export class ClockTicker {
  private readonly logger = new Logger('Ticker');
  private timer: NodeJS.Timeout | null = null;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly queues: Queues,
    private readonly settings: Settings,
  ) {}

  async start(): Promise<void> {
    for (const authorityId of await this.database.authorityIds()) await this.schedule(authorityId);
    this.timer = setInterval(() => (this.turn = this.look()), this.settings.CLOCK_TICK_MS * TICKS_A_LOOK);
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.turn;
  }

  private async look(): Promise<void> {
    try {
      for (const authorityId of await this.database.authorityIds()) {
        if (await this.queues.of('clock').getJobScheduler(nameOf(authorityId))) continue;
        this.logger.warn('The queue had forgotten to tick. It ticks again, and jobs that it lost are announced again.');
        await this.schedule(authorityId);
      }
    } catch (error) {
      this.logger.error(`Looking after the clock failed and is tried again: ${(error as Error).message}`);
    }
  }

  private async schedule(authorityId: string): Promise<void> {
    await this.queues.of('clock').upsertJobScheduler(
      nameOf(authorityId),
      { every: this.settings.CLOCK_TICK_MS },
      {
        name: 'clock.tick',
        data: { outboxId: NO_OUTBOX_ROW, authorityId, subjectId: authorityId },
        opts: { removeOnComplete: 10, removeOnFail: 100 },
      },
    );
  }
}

function nameOf(authorityId: string): string {
  return `tick-${authorityId}`;
}
