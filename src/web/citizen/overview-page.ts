import { Injectable } from '@nestjs/common';
import type { CitizenUser } from '../../identity/sessions';
import { Authority } from '../../platform/database/authority.entity';
import { Database } from '../../platform/database/database';
import { Requests } from '../../requests/requests';
import type { OwnCaseCard, OwnCasesPage, OwnRequestRow } from '../views/mine-sager';
import { OwnCases, type OwnCase } from './own-cases';
import { owedBy, statusOf } from './request-words';

/** `/mine-sager`: what the municipality has on the citizen, by area. */
@Injectable()
export class OverviewPages {
  constructor(
    private readonly ownCases: OwnCases,
    private readonly requests: Requests,
    private readonly database: Database,
  ) {}

  async page(user: CitizenUser): Promise<OwnCasesPage> {
    const [{ cases, unavailable }, { requests, municipality }] = await Promise.all([
      this.ownCases.of(user),
      this.database.inAuthority(user.authorityId, async (entities) => ({
        requests: await this.requests.listOfCitizen(entities, user.personRefId),
        municipality: (await entities.findOneByOrFail(Authority, { id: user.authorityId })).name,
      })),
    ]);
    return {
      areas: [...new Set(cases.map((each) => each.area))].map((area) => ({
        area,
        cases: cases.filter((each) => each.area === area).map((each) => card(each, municipality)),
      })),
      requests: requests.map((request): OwnRequestRow => ({
        href: `/anmodninger/${request.id}`,
        title: `Anmodning ${request.number}`,
        receivedAt: request.receivedAt,
        status: statusOf(request),
        deadline: owedBy(request),
      })),
      unavailable,
      newRequestHref: '/anmodning/ny',
    };
  }
}

function card(each: OwnCase, municipality: string): OwnCaseCard {
  return {
    title: each.subject,
    caseNumber: each.caseNumber,
    status: statusTag(each.isOpen),
    lastEvent: lastEvent(each),
    decider: each.unit ?? municipality,
    requestHref: `/anmodning/ny?sag=${each.id}`,
  };
}

function statusTag(isOpen: boolean | undefined): OwnCaseCard['status'] {
  if (isOpen === undefined) return { word: 'Status ikke oplyst', tone: 'neutral' };
  return isOpen ? { word: 'I gang', tone: 'active' } : { word: 'Afsluttet', tone: 'done' };
}

function lastEvent({ openedOn, closedOn }: OwnCase): OwnCaseCard['lastEvent'] {
  if (closedOn) return { text: 'Sagen blev afsluttet', at: closedOn };
  return openedOn ? { text: 'Sagen begyndte', at: openedOn } : undefined;
}
