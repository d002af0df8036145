import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../database/database';
import type { QueueName } from '../queue/job-names';
import { Queues } from '../queue/queues';

const BATCH = 100;
const IDLE_MS = 150;
const AFTER_FAULT_MS = 2000;

interface ClaimedRow {
  id: string;
  authority_id: string;
  queue: QueueName;
  name: string;
  subject_id: string;
  attempt: number;
}

/** Hands committed announcements to the queue. Several relays may run: rows are claimed with SKIP LOCKED. */
@Injectable()
export class OutboxRelay {
  private readonly logger = new Logger('Relay');
  private timer: NodeJS.Timeout | null = null;
  private turn: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly database: Database,
    private readonly queues: Queues,
  ) {}

  start(): void {
    this.isStopping = false;
    this.schedule(0);
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    if (this.timer) clearTimeout(this.timer);
    await this.turn;
  }

  /** One batch. The job is added before the row is marked: a crash between adds the same job id again, which is one job. */
  async relayOnce(): Promise<number> {
    return this.database.acrossAuthorities(async (entities) => {
      const rows: ClaimedRow[] = await entities.query('select * from outbox_claim($1)', [BATCH]);
      for (const row of rows) {
        const payload = { outboxId: row.id, authorityId: row.authority_id, subjectId: row.subject_id };
        await this.queues.announce(row.queue, row.name, payload, row.attempt);
      }
      if (rows.length > 0) await entities.query('select outbox_published($1)', [rows.map((row) => row.id)]);
      return rows.length;
    });
  }

  /** Announces again what was announced long ago and never ended. */
  async rescue(olderThanSeconds: number): Promise<number> {
    const [{ again }]: { again: number }[] = await this.database.acrossAuthorities((entities) =>
      entities.query(`select outbox_rescue(make_interval(secs => $1)) as again`, [olderThanSeconds]),
    );
    return again;
  }

  private schedule(afterMs: number): void {
    if (this.isStopping) return;
    this.timer = setTimeout(() => {
      this.turn = this.relayOnce().then(
        (count) => this.schedule(count === BATCH ? 0 : IDLE_MS),
        (error: Error) => {
          this.logger.error(`Announcing jobs failed and is tried again: ${error.message}`);
          this.schedule(AFTER_FAULT_MS);
        },
      );
    }, afterMs);
  }
}
