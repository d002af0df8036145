import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { People } from '../../identity/people';
import { PersonRef } from '../../identity/person-ref.entity';
import { Staff } from '../../identity/staff.entity';
import { longDate } from '../../law';
import { Clock } from '../../platform/clock';
import { Settings } from '../../platform/settings';
import { AccessRequest, type RequestScope } from '../../requests/request.entity';
import { RefusedVisit } from '../http/refused-visit';
import { workingDaysLeftAt } from './request-clock';

/** What every page about one request begins with. */
@Injectable()
export class RequestInHand {
  constructor(
    private readonly people: People,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** Another authority's request does not exist here: the database shows no row. */
  async of(entities: EntityManager, requestId: string): Promise<AccessRequest> {
    const request = await entities.findOneBy(AccessRequest, { id: requestId });
    if (!request) throw new RefusedVisit('not-found');
    return request;
  }

  /** The first employee who does something with a request has it from then on. */
  async toWorkOn(entities: EntityManager, requestId: string, staffId: string): Promise<AccessRequest> {
    const request = await this.of(entities, requestId);
    if (request.assignedTo !== null) return request;
    await entities.query('update request set assigned_to = $2 where id = $1 and assigned_to is null', [
      requestId,
      staffId,
    ]);
    return { ...request, assignedTo: staffId };
  }

  async citizenOf(entities: EntityManager, request: AccessRequest): Promise<string> {
    return this.people.nameOf(await entities.findOneByOrFail(PersonRef, { id: request.personRefId }));
  }

  async staffNames(entities: EntityManager): Promise<Map<string, string>> {
    return new Map((await entities.find(Staff)).map((staff) => [staff.id, staff.name]));
  }

  daysLeft(request: AccessRequest): number {
    return workingDaysLeftAt(this.clock.now(), request.deadlineOn, this.settings.SOFT_HOLIDAYS);
  }
}

/** How the request is read, in words. */
export function understanding({ kind, from, to }: RequestScope): string {
  if (kind === 'topic') return 'Alle dokumenter om det emne, som borgeren har beskrevet';
  if (kind === 'whole-file') return 'Alle dokumenter, som kommunen har om borgeren';
  return `Alle dokumenter fra ${from ? longDate(from) : 'begyndelsen'} til ${to ? longDate(to) : 'i dag'}`;
}
