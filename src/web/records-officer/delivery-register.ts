import { Injectable } from '@nestjs/common';
import type { Delivery } from '../../delivery/delivery.entity';
import type { StaffUser } from '../../identity/sessions';
import { AuditLog } from '../../platform/audit-log/audit-log';
import { Database } from '../../platform/database/database';
import type { DeliveriesPage } from '../views/leverancer';
import { ActorNames } from './actor-names';
import type { DeliveriesQuery } from './archive-queries';
import { CHANNELS, shownState, storedStates } from './delivery-words';
import { pageOf, PAGE_ROWS } from './pages-of-list';

interface Row {
  id: string;
  person_ref_id: string;
  number: string;
  channel: Delivery['channel'];
  state: Delivery['state'];
  message_uuid: string;
  sent_at: Date;
  delivered_at: Date | null;
  pages: number | null;
}

const FROM = `from delivery v join request r on r.id = v.request_id join decision d on d.id = v.decision_id
  where ($1 = '' or r.number ilike $1 || '%' or v.message_uuid::text = lower($1))
    and (cardinality($2::text[]) = 0 or v.state = any ($2))
    and ($3::date is null or (coalesce(v.submitted_at, d.signed_at) at time zone 'Europe/Copenhagen')::date >= $3::date)
    and ($4::date is null or (coalesce(v.submitted_at, d.signed_at) at time zone 'Europe/Copenhagen')::date <= $4::date)`;

/** `/arkiv/leverancer`: what was sent to whom. Names are encrypted, so it is searched by number or message UUID. */
@Injectable()
export class DeliveryRegister {
  constructor(
    private readonly database: Database,
    private readonly names: ActorNames,
    private readonly audit: AuditLog,
  ) {}

  page(user: StaffUser, query: DeliveriesQuery): Promise<DeliveriesPage> {
    const { soeg, status, fra, til, side } = query;
    const filter = [soeg.trim(), storedStates(status), fra || null, til || null];
    return this.database.inAuthority(user.authorityId, async (entities) => {
      await this.audit.write(entities, user.authorityId, {
        actor: { kind: 'staff', id: user.staffId },
        action: 'archive.list-deliveries',
        subject: { kind: 'delivery' },
        reason: 'The register of deliveries was looked at.',
        details: { page: side },
      });
      const [{ total }]: { total: number }[] = await entities.query(`select count(*)::int as total ${FROM}`, filter);
      const rows: Row[] = await entities.query(
        `select v.id, r.person_ref_id, r.number, v.channel, v.state, v.message_uuid, coalesce(v.submitted_at, d.signed_at) as sent_at,
                v.delivered_at, (d.facts->>'pages')::int as pages ${FROM}
         order by sent_at desc, v.id limit ${PAGE_ROWS} offset $5`,
        [...filter, (side - 1) * PAGE_ROWS],
      );
      const names = await this.names.names(
        entities,
        rows.map((row) => row.person_ref_id),
      );
      return {
        filter: { soeg, status, fra, til },
        total,
        rows: rows.map((row) => ({
          href: `/arkiv/leverancer/${row.id}`,
          sentAt: row.sent_at,
          citizen: names.get(row.person_ref_id) ?? 'Borger',
          caseNumber: row.number,
          channel: CHANNELS[row.channel],
          pages: row.pages ?? 0,
          state: shownState(row),
          messageUUID: row.message_uuid,
          receiptAt: row.channel === 'manual' ? undefined : (row.delivered_at ?? undefined),
        })),
        pagination: pageOf('/arkiv/leverancer', { soeg, status, fra, til }, side, total),
      };
    });
  }
}
