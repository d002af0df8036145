import { Injectable } from '@nestjs/common';
import { ListExchange, type ListActor } from '../../decisions/list-exchange/list-exchange';
import { fingerprintOf, type ListedDocument, type Plan } from '../../decisions/list-exchange/plan';
import { DocumentRow } from '../../gathering/document.entity';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { RefusedVisit } from '../http/refused-visit';
import type { ListExchangePage, ListPreview } from '../views/aktliste';
import type { FieldError } from '../views/page-shell';
import { reviewAddress } from './documents-in-hand';
import { RequestInHand } from './request-in-hand';

/** The list of documents in Excel: fetch it, give it back, see what it would change. */
@Injectable()
export class ListExchangePages {
  constructor(
    private readonly database: Database,
    private readonly inHand: RequestInHand,
    private readonly exchange: ListExchange,
  ) {}

  async view(
    user: StaffUser,
    requestId: string,
    importId?: string,
    errors: FieldError[] = [],
  ): Promise<ListExchangePage> {
    const page = await this.database.inAuthority(user.authorityId, async (entities) => {
      const request = await this.inHand.of(entities, requestId);
      return {
        requestId,
        citizen: await this.inHand.citizenOf(entities, request),
        documents: await entities.countBy(DocumentRow, { requestId }),
        canUse: request.state === 'review',
        errors,
      };
    });
    return importId === undefined ? page : { ...page, preview: await this.preview(user, requestId, importId) };
  }

  private async preview(user: StaffUser, requestId: string, importId: string): Promise<ListPreview> {
    const found = await this.exchange.preview(actorOf(user, requestId), importId);
    if (!found) throw new RefusedVisit('not-found');
    const { plan, row } = found;
    return { id: row.id, usedAt: row.appliedAt ?? undefined, ...planInWords(plan, requestId) };
  }
}

export function actorOf({ authorityId, staffId }: StaffUser, requestId: string): ListActor {
  return { authorityId, requestId, staffId };
}

function planInWords(plan: Plan, requestId: string): Omit<ListPreview, 'id' | 'usedAt'> {
  return {
    fingerprint: fingerprintOf(plan),
    changes: plan.changes.map(({ document, words }) => ({
      document: nameOf(document),
      href: reviewAddress(requestId, document.id, 1),
      words,
    })),
    refused: plan.refused,
    notes: plan.notes,
    unchanged: plan.unchanged,
    missing: plan.missing.map(nameOf),
  };
}

function nameOf({ number, title }: ListedDocument): string {
  return `${number} ${title}`;
}
