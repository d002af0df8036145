import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Incident } from '../../delivery/incidents/incident.entity';
import { CAUSES } from '../../delivery/incidents/notification-text';
import type { StaffUser } from '../../identity/sessions';
import { Staff } from '../../identity/staff.entity';
import { AuditLog } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import type { BreachesPage, IncidentLine } from '../views/haendelser';
import type { FieldError } from '../views/page-shell';
import { hoursLeft, statusOf } from './incidents/incident-words';

interface BreachRow {
  incident_id: string | null;
  incident_number: number | null;
  id: string;
  number: string;
  position: number;
  unit: string;
  started_by: string;
  noticed_at: Date;
  due_at: Date;
  state: 'open' | 'reported' | 'not_reported';
  conclusion_sealed: Buffer | null;
  concluded_by: string | null;
  concluded_at: Date | null;
}

const PATH = '/arkiv/haendelser';
const OUTCOMES = { reported: 'Anmeldt til Datatilsynet', not_reported: 'Ikke anmeldt' } as const;
const MOST_CONCLUDED = 50;

/** Breach assessments with the hours that are left (GDPR article 33). */
@Injectable()
export class BreachPages {
  constructor(
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async page(user: StaffUser, errors: FieldError[] = []): Promise<BreachesPage> {
    const keys = await this.keyRing.of(user.authorityId);
    const now = this.clock.now();
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const rows: BreachRow[] = await entities.query(
        `select b.*, r.number, d.position, i.id as incident_id, i.number as incident_number from breach_assessment b
         join request r on r.id = b.request_id join document d on d.id = b.document_id left join incident i on i.breach_id = b.id
         order by b.state = 'open' desc, b.due_at desc, b.id`,
      );
      const names = new Map((await entities.find(Staff)).map(({ id, name }) => [id, name]));
      await this.audit.write(entities, user.authorityId, {
        actor: { kind: 'staff', id: user.staffId },
        action: 'breach.list',
        subject: { kind: 'audit_log' },
        reason: 'The list of possible breaches was looked at.',
      });
      const nameOf = (id: string | null): string => names.get(id ?? '') ?? 'En medarbejder';
      const documentOf = ({ position, number }: BreachRow): string => `Dokument ${position} i anmodning ${number}`;
      return {
        incidents: await this.incidents(entities, now),
        canAct: user.roles.includes('arkivar'),
        open: rows
          .filter(({ state }) => state === 'open')
          .reverse()
          .map((row) => ({
            id: row.id,
            document: documentOf(row),
            unit: row.unit,
            startedBy: nameOf(row.started_by),
            noticedAt: row.noticed_at,
            dueAt: row.due_at,
            left: hoursLeft(row.due_at, now),
            isLate: row.due_at <= now,
            incident: row.incident_id
              ? { href: `${PATH}/${row.incident_id}`, name: `Hændelse ${row.incident_number}` }
              : undefined,
          })),
        concluded: rows.slice(0, MOST_CONCLUDED).flatMap((row) => {
          if (row.state === 'open' || !row.concluded_at || !row.conclusion_sealed) return [];
          const conclusion = keys.unseal('breach_assessment.conclusion', row.conclusion_sealed);
          const outcome = OUTCOMES[row.state];
          return [
            { document: documentOf(row), outcome, by: nameOf(row.concluded_by), at: row.concluded_at, conclusion },
          ];
        }),
        errors,
      };
    });
  }

  /** Open ones first, the nearest end of the 72 hours on top; then the newest of those that are closed. */
  private async incidents(entities: EntityManager, now: Date): Promise<IncidentLine[]> {
    const open = await entities.find(Incident, { where: { state: 'open' }, order: { dueAt: 'ASC' } });
    const closed = await entities.find(Incident, {
      where: { state: 'closed' },
      order: { closedAt: 'DESC' },
      take: MOST_CONCLUDED,
    });
    return [...open, ...closed].map((incident) => ({
      ...{ href: `${PATH}/${incident.id}`, name: `Hændelse ${incident.number}`, cause: CAUSES[incident.cause] },
      ...{ status: statusOf(incident, now), noticedAt: incident.noticedAt, dueAt: incident.dueAt },
    }));
  }
}
