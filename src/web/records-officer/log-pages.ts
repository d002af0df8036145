import { Injectable } from '@nestjs/common';
import { ILike, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import type { StaffUser } from '../../identity/sessions';
import { Staff } from '../../identity/staff.entity';
import { AuditEntry } from '../../platform/audit-log/audit-entry.entity';
import { AuditLog } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { withoutCpr } from '../../records';
import type { AuditLogPage } from '../views/log';
import type { FieldError } from '../views/page-shell';
import { ActorNames } from './actor-names';
import type { LogQuery } from './archive-queries';
import { ACTION_CHOICES, actionInWords, detailsInWords, subjectInWords } from './audit-words';
import { pageOf, PAGE_ROWS } from './pages-of-list';
import { reasonInWords } from './reason-words';
import { SealWatch } from './seal-watch';

/** A reason holds for this long; then it is asked for again. */
const REASON_MS = 60 * 60_000;

/** `/arkiv/log`: who did what. Nobody reads it without a reason, and the reading is itself in the log. */
@Injectable()
export class LogPages {
  constructor(
    private readonly database: Database,
    private readonly names: ActorNames,
    private readonly seal: SealWatch,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  giveReason(user: StaffUser, reason: string): Promise<void> {
    return this.write(user, 'audit.open', withoutCpr(reason.trim()));
  }

  async check(user: StaffUser): Promise<void> {
    const { verdict } = await this.seal.check(user.authorityId);
    await this.write(user, 'audit.check', 'The seal of the log was checked.', {
      isWhole: verdict.isWhole,
      sealed: verdict.sealed,
    });
  }

  async page(user: StaffUser, query: LogQuery): Promise<AuditLogPage> {
    const { hvem, handling, anmodning, fra, til, side } = query;
    const filter = { hvem, handling, anmodning, fra, til };
    const seal = await this.seal.view(user.authorityId);
    const reason = await this.reasonOf(user);
    if (!reason) return this.unread(user);
    await this.write(user, 'audit.read', reason, { page: side, action: handling, request: withoutCpr(anmodning) });
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const asked = await this.asked(entities, query);
      const total = await asked.getCount();
      const rows = await asked
        .orderBy('e.id', 'DESC')
        .skip((side - 1) * PAGE_ROWS)
        .take(PAGE_ROWS)
        .getMany();
      const names = await this.names.of(entities, rows);
      return {
        seal,
        needsReason: false,
        errors: [],
        reason,
        filter,
        actions: ACTION_CHOICES,
        entries: rows.map((entry) => ({
          number: Number(entry.id),
          at: entry.at,
          who: names.who(entry),
          action: actionInWords(entry.action),
          what: [subjectInWords(entry), detailsInWords(entry)].filter(Boolean).join(', '),
          whose: names.whose(entry),
          why: reasonInWords(entry.reason),
        })),
        pagination: pageOf('/arkiv/log', filter, side, total),
      };
    });
  }

  /** Only the seal and the question why. */
  async unread(user: StaffUser, errors: FieldError[] = []): Promise<AuditLogPage> {
    return {
      seal: await this.seal.view(user.authorityId),
      needsReason: true,
      filter: { hvem: '', handling: '', anmodning: '', fra: '', til: '' },
      actions: ACTION_CHOICES,
      entries: [],
      errors,
    };
  }

  private async asked(entities: EntityManager, query: LogQuery): Promise<SelectQueryBuilder<AuditEntry>> {
    const asked = entities.createQueryBuilder(AuditEntry, 'e').where('true');
    if (query.handling) asked.andWhere('e.action = :action', { action: query.handling });
    if (query.anmodning.trim())
      asked.andWhere('e.request_id in (select r.id from request r where r.number = :number)', {
        number: query.anmodning.trim(),
      });
    if (query.fra)
      asked.andWhere(`e.at >= (:from::date)::timestamp at time zone 'Europe/Copenhagen'`, { from: query.fra });
    if (query.til)
      asked.andWhere(`e.at < (:until::date + 1)::timestamp at time zone 'Europe/Copenhagen'`, { until: query.til });
    if (query.hvem.trim()) await this.narrowToActor(entities, asked, query.hvem.trim());
    return asked;
  }

  private async narrowToActor(
    entities: EntityManager,
    asked: SelectQueryBuilder<AuditEntry>,
    who: string,
  ): Promise<void> {
    const kind = { programmet: 'system', borger: 'citizen' }[who.toLowerCase()];
    if (kind) return void asked.andWhere('e.actor_kind = :kind', { kind });
    const staff = await entities.findBy(Staff, { name: ILike(`%${who.replace(/[\\%_]/g, '\\$&')}%`) });
    asked.andWhere('e.actor_id = any (:ids::uuid[])', { ids: staff.map((each) => each.id) });
  }

  private async reasonOf(user: StaffUser): Promise<string | undefined> {
    const [given]: { reason: string }[] = await this.database.inAuthority(user.authorityId, (entities) =>
      entities.query(
        `select reason from audit_entry where action = 'audit.open' and actor_id = $1 and at > $2 order by id desc limit 1`,
        [user.staffId, this.clock.after(-REASON_MS)],
      ),
    );
    return given?.reason;
  }

  private write(
    user: StaffUser,
    action: string,
    reason: string,
    details: Record<string, string | number | boolean> = {},
  ): Promise<void> {
    return this.database.inAuthority(user.authorityId, (entities) =>
      this.audit.write(entities, user.authorityId, {
        actor: { kind: 'staff', id: user.staffId },
        action,
        subject: { kind: 'audit_log' },
        reason,
        details,
      }),
    );
  }
}
