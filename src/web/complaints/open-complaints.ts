import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { Complaint } from '../../delivery/complaints/complaint.entity';
import type { StaffUser } from '../../identity/sessions';
import { danishDay } from '../../law';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { AccessRequest } from '../../requests/request.entity';
import type { OpenComplaintsPage } from '../views/klager';
import { statusOfComplaint, titleInWords } from './complaint-words';

const MOST = 500;

/** `/arkiv/klager`: every complaint that has no outcome yet, the nearest deadline first. Citizens stand by number only. */
@Injectable()
export class OpenComplaints {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  page(user: StaffUser): Promise<OpenComplaintsPage> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const today = danishDay(this.clock.now());
      const rows = await entities.find(Complaint, {
        where: { state: Not('closed' as const) },
        order: { dueOn: 'ASC', id: 'ASC' },
        take: MOST,
      });
      const requests = new Map(
        (await entities.find(AccessRequest, { select: { id: true, number: true } })).map(({ id, number }) => [
          id,
          number,
        ]),
      );
      return {
        complaints: rows.map((row) => ({
          href: `/sagsbehandling/${row.requestId}/klager/${row.id}`,
          title: `${requests.get(row.requestId) ?? ''}: ${titleInWords(row, null)}`,
          receivedOn: row.receivedOn,
          status: statusOfComplaint(row, today),
          body: row.body ?? 'ikke valgt endnu',
          dueOn: row.state === 'forwarded' ? undefined : row.dueOn,
        })),
      };
    });
  }
}
