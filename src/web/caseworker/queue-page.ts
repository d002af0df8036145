import { Injectable } from '@nestjs/common';
import { In, IsNull, type EntityManager, type FindOptionsWhere } from 'typeorm';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { isEnded, REQUEST_STATES } from '../../requests/lifecycle';
import { AccessRequest } from '../../requests/request.entity';
import type { QueuePage, QueueRow, QueueScope } from '../views/koe';
import { RequestInHand } from './request-in-hand';
import { requestTag } from './request-tag';

const ROWS = 25;
const OPEN_STATES = REQUEST_STATES.filter((state) => !isEnded(state));

/** The queue by deadline. `enhed`: what is open here; `alle`: what has ended too. */
@Injectable()
export class QueuePages {
  constructor(
    private readonly database: Database,
    private readonly inHand: RequestInHand,
  ) {}

  view(user: StaffUser, asked: QueueScope | undefined, page: number): Promise<QueuePage> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const counts = await this.counts(entities, user.staffId);
      const scope = asked ?? (counts.mine > 0 ? 'mine' : 'enhed');
      const pages = Math.max(1, Math.ceil(counts[scope] / ROWS));
      const shown = Math.min(page, pages);
      const requests = await entities.find(AccessRequest, {
        where: whereOf(scope, user.staffId),
        order: { closedAt: { direction: 'DESC', nulls: 'FIRST' }, deadlineOn: 'ASC', number: 'ASC' },
        skip: (shown - 1) * ROWS,
        take: ROWS,
      });
      return {
        scope,
        counts,
        rows: await this.rows(entities, requests),
        pagination: { page: shown, pages, hrefBefore: `/sagsbehandling?vis=${scope}&side=` },
      };
    });
  }

  private async counts(entities: EntityManager, staffId: string): Promise<Record<QueueScope, number>> {
    return {
      mine: await entities.countBy(AccessRequest, whereOf('mine', staffId)),
      enhed: await entities.countBy(AccessRequest, whereOf('enhed', staffId)),
      alle: await entities.count(AccessRequest),
    };
  }

  private async rows(entities: EntityManager, requests: AccessRequest[]): Promise<QueueRow[]> {
    const names = await this.inHand.staffNames(entities);
    const areas = await this.areas(entities, requests);
    const rows: QueueRow[] = [];
    for (const request of requests) {
      rows.push({
        href: `/sagsbehandling/${request.id}`,
        citizen: await this.inHand.citizenOf(entities, request),
        caseNumber: request.number,
        area: areas.get(request.id) ?? '–',
        receivedAt: request.receivedAt,
        deadline: request.deadlineOn,
        workingDaysLeft: this.inHand.daysLeft(request),
        status: requestTag(request.state),
        blocks: request.attention,
        owner: request.assignedTo ? (names.get(request.assignedTo) ?? null) : null,
      });
    }
    return rows;
  }

  private async areas(entities: EntityManager, requests: AccessRequest[]): Promise<Map<string, string>> {
    const found: { request_id: string; units: string }[] = await entities.query(
      `select request_id, string_agg(distinct responsible_unit, ', ' order by responsible_unit) as units from records_case
       where request_id = any ($1) and responsible_unit is not null group by 1`,
      [requests.map((request) => request.id)],
    );
    return new Map(found.map((each) => [each.request_id, each.units]));
  }
}

function whereOf(scope: QueueScope, staffId: string): FindOptionsWhere<AccessRequest> {
  if (scope === 'alle') return {};
  const open = { state: In(OPEN_STATES), closedAt: IsNull() };
  return scope === 'mine' ? { ...open, assignedTo: staffId } : open;
}
