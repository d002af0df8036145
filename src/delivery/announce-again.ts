import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock';
import { Outbox } from '../platform/outbox/outbox';
import type { JobName } from '../platform/queue/job-names';

const MINUTE_SECONDS = 60;

interface Unfinished {
  name: JobName;
  /** Selects the `id` of every row that still waits for the job. */
  waiting: string;
  /** How long after its last end the job is announced again. */
  afterSeconds: number;
}

const UNFINISHED: Unfinished[] = [
  // The same bytes under the same UUID, so that what came in already does not come in twice. Digital Post may be gone for hours.
  {
    name: 'deliver.package',
    waiting: `select id from delivery where state in ('queued', 'prepared', 'unknown')
      or (channel = 'manual' and released_at is null)`,
    afterSeconds: 15 * MINUTE_SECONDS,
  },
  {
    name: 'propose.request',
    waiting: `select id from request where state = 'proposing'`,
    afterSeconds: 15 * MINUTE_SECONDS,
  },
  // A virus check may be down for hours, and nothing is opened without it.
  {
    name: 'convert.file',
    waiting: `select f.id from file f join request r on r.id = f.request_id where f.state = 'fetched' and r.state = 'converting'`,
    afterSeconds: 15 * MINUTE_SECONDS,
  },
  // The journal may be closed for a night. OFL § 15 asks for the entry all the same.
  {
    name: 'journal.entry',
    waiting: `select id from journal_entry where state in ('pending', 'failed')`,
    afterSeconds: 60 * MINUTE_SECONDS,
  },
  {
    name: 'deliver.late-notice',
    waiting: `select id from late_notice where state in ('queued', 'prepared', 'unknown')`,
    afterSeconds: 15 * MINUTE_SECONDS,
  },
  {
    name: 'deliver.incident-letter',
    waiting: `select id from incident_letter where state in ('queued', 'prepared', 'unknown')`,
    afterSeconds: 15 * MINUTE_SECONDS,
  },
  {
    name: 'assemble.appeal-file',
    waiting: `select id from appeal_file where state = 'ordered'`,
    afterSeconds: 15 * MINUTE_SECONDS,
  },
  {
    name: 'deliver.notice',
    waiting: `select id from notice_mail where state = 'pending'`,
    afterSeconds: 15 * MINUTE_SECONDS,
  },
];

/** Announces what is still to be done and has no job that would do it: its attempts were used up, or it was lost. */
@Injectable()
export class AnnounceAgain {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** How many jobs were announced. */
  async all(entities: EntityManager, authorityId: string): Promise<number> {
    let count = 0;
    for (const unfinished of UNFINISHED) count += await this.announce(entities, authorityId, unfinished);
    return count;
  }

  private async announce(entities: EntityManager, authorityId: string, unfinished: Unfinished): Promise<number> {
    const { name, waiting, afterSeconds } = unfinished;
    const rows: { id: string }[] = await entities.query(
      `select w.id from (${waiting}) w where not exists
       (select 1 from outbox o where o.name = $3 and o.subject_id = w.id
        and (o.completed_at is null or o.completed_at > $1::timestamptz - make_interval(secs => $2)))`,
      [this.clock.now(), afterSeconds, name],
    );
    const ids = rows.map((row) => row.id);
    if (name === 'journal.entry' && ids.length > 0)
      await entities.query(`update journal_entry set state = 'pending' where id = any($1) and state = 'failed'`, [ids]);
    await this.outbox.announce(entities, authorityId, name, ids);
    return ids.length;
  }
}
