import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { IncidentRecords, type IncidentRecord } from '../../../delivery/incidents/incident-records';
import { Incident } from '../../../delivery/incidents/incident.entity';
import type { StaffUser } from '../../../identity/sessions';
import { Staff } from '../../../identity/staff.entity';
import { AuditLog } from '../../../platform/audit-log/audit-log';
import { Clock } from '../../../platform/clock';
import { Database } from '../../../platform/database/database';
import { RefusedVisit } from '../../http/refused-visit';
import type { IncidentHead } from '../../views/haendelse';
import { ActorNames } from '../actor-names';
import { headOf } from './incident-words';

/** One incident as a page needs it: read in one transaction, and the reading is in the log. */
export interface IncidentInHand {
  entities: EntityManager;
  incident: Incident;
  record: IncidentRecord;
  head: IncidentHead;
  now: Date;
  /** Of an employee. */
  nameOf: (staffId: string | null) => string;
  /** Of citizens and others who are written to. */
  people: Map<string, string>;
}

/** Opens an incident for the pages about it. */
@Injectable()
export class IncidentReading {
  constructor(
    private readonly database: Database,
    private readonly records: IncidentRecords,
    private readonly names: ActorNames,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  read<View>(user: StaffUser, id: string, show: (inHand: IncidentInHand) => Promise<View>): Promise<View> {
    const now = this.clock.now();
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const incident = await entities.findOneBy(Incident, { id });
      if (!incident) throw new RefusedVisit('not-found');
      await this.audit.write(entities, user.authorityId, {
        actor: { kind: 'staff', id: user.staffId },
        action: 'incident.show',
        subject: { kind: 'incident', id },
        requestId: incident.requestId ?? undefined,
        reason: 'An incident was looked at.',
        details: { incident: incident.number },
      });
      const record = await this.records.of(entities, incident);
      const staff = new Map((await entities.find(Staff)).map((each) => [each.id, each.name]));
      const people = await this.names.names(entities, [
        ...record.deliveries.map(({ personRefId }) => personRefId),
        ...record.letters.map(({ personRefId }) => personRefId),
      ]);
      const head = headOf(incident, now, user.roles.includes('arkivar'));
      return show({
        entities,
        incident,
        record,
        head,
        now,
        people,
        nameOf: (staffId) => staff.get(staffId ?? '') ?? 'En medarbejder',
      });
    });
  }
}
