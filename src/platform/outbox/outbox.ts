import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { queueOf, type JobName } from '../queue/job-names';
import { OutboxRow } from './outbox-row.entity';

interface AnnounceOptions {
  /** Milliseconds before the job may begin, by the database's clock. */
  afterMs?: number;
}

/** Announces jobs. The row commits or rolls back with the change that it belongs to. */
@Injectable()
export class Outbox {
  async announce(
    entities: EntityManager,
    authorityId: string,
    name: JobName,
    subjectIds: string | string[],
    { afterMs = 0 }: AnnounceOptions = {},
  ): Promise<void> {
    const ids = Array.isArray(subjectIds) ? subjectIds : [subjectIds];
    if (ids.length === 0) return;
    const availableAt = () => `now() + interval '${Math.max(0, Math.ceil(afterMs))} milliseconds'`;
    await entities.insert(
      OutboxRow,
      ids.map((subjectId) => ({ authorityId, queue: queueOf(name), name, subjectId, availableAt })),
    );
  }

  /** True when the job is announced for the subject and has not ended. */
  async isPending(entities: EntityManager, name: JobName, subjectId: string): Promise<boolean> {
    const [row]: unknown[] = await entities.query(
      'select 1 from outbox where name = $1 and subject_id = $2 and completed_at is null limit 1',
      [name, subjectId],
    );
    return row !== undefined;
  }
}
