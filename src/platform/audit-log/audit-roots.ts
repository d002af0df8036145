import { Injectable } from '@nestjs/common';
import { IsNull, Not, type EntityManager } from 'typeorm';
import { Clock } from '../clock';
import { Outbox } from '../outbox/outbox';
import { Settings } from '../settings';
import { AuditRoot } from './audit-root.entity';
import type { KnownRoot } from './exported-root';

const RETRY_SECONDS = 15 * 60;

/** Draws a root a day and sees to it that it is exported. */
@Injectable()
export class AuditRoots {
  constructor(
    private readonly outbox: Outbox,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  get isConfigured(): boolean {
    return this.settings.AUDIT_ROOT_FOLDER !== undefined || this.settings.AUDIT_ROOT_MAIL !== undefined;
  }

  /**
   * Draws the day's root when there is none, and announces what still lies in the database only: at once the first time,
   * later every quarter of an hour. Called by the clock after it has sealed. Returns how many were announced.
   * @param today the Danish day, YYYY-MM-DD
   */
  async announceDue(entities: EntityManager, authorityId: string, today: string): Promise<number> {
    if (!this.isConfigured) return 0;
    await entities.query(
      `insert into audit_root (authority_id, day, seq, mac, drawn_at)
       select authority_id, $1, seq, mac, $2 from audit_seal order by seq desc limit 1 on conflict (authority_id, day) do nothing`,
      [today, this.clock.now()],
    );
    const rows: { id: string }[] = await entities.query(
      `select r.id from audit_root r where r.exported_at is null and not exists
       (select 1 from outbox o where o.name = 'audit.root' and o.subject_id = r.id
        and (o.completed_at is null or o.completed_at > $1::timestamptz - make_interval(secs => $2)))`,
      [this.clock.now(), RETRY_SECONDS],
    );
    await this.outbox.announce(
      entities,
      authorityId,
      'audit.root',
      rows.map(({ id }) => id),
    );
    return rows.length;
  }

  /** Every root that was drawn. One who changes the chain in the database must change these too, and the files outside. */
  async known(entities: EntityManager, authorityId: string): Promise<KnownRoot[]> {
    const rows = await entities.find(AuditRoot, { order: { day: 'ASC' } });
    return rows.map(({ day, seq, mac }) => ({
      authority: { id: authorityId },
      day,
      seq: Number(seq),
      root: mac.toString('hex'),
    }));
  }

  /** The latest root that lies outside the database; null when none ever did. */
  latest(entities: EntityManager): Promise<AuditRoot | null> {
    return entities.findOne(AuditRoot, { where: { exportedAt: Not(IsNull()) }, order: { day: 'DESC' } });
  }
}
