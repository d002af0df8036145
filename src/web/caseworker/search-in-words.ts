import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { SearchBalance } from '../../gathering/balance';
import { ClaimedSystem } from '../../gathering/claimed-system.entity';
import { NewItem } from '../../gathering/new-item.entity';
import { PaperOrder } from '../../gathering/paper-order.entity';
import { SourceGapRow } from '../../gathering/source-gap.entity';
import { SourceRow } from '../../gathering/source.entity';
import { SourceRun } from '../../gathering/source-run.entity';
import { KeyRing } from '../../platform/keys/authority-keys';
import type { AccessRequest } from '../../requests/request.entity';
import type { ClaimedSystemView, GapView, HandSearchView, NewItemView, SearchPart } from '../views/soegning';

const NEW: Record<NewItem['kind'], string> = {
  case: 'Ny sag',
  document: 'Nyt dokument',
  file: 'Ny fil i et dokument',
  changed: 'Filen er ændret',
  gone: 'Findes ikke længere i kilden',
};
/** Fewer documents than these are no reason for being late. */
const MANY = 200;
const CAN_SETTLE = ['gathering', 'converting', 'proposing', 'review', 'stopped'];

/** What the search missed, who claims to hold more, and what has come since, for the case page. */
@Injectable()
export class SearchInWords {
  constructor(private readonly keyRing: KeyRing) {}

  async of(entities: EntityManager, request: AccessRequest, balance: SearchBalance): Promise<SearchPart> {
    const requestId = request.id;
    const runs = await entities.findBy(SourceRun, { requestId });
    const sources = await entities.find(SourceRow);
    const names = new Map(
      runs.map(({ id, sourceId }) => [id, sources.find((source) => source.id === sourceId)?.name ?? '']),
    );
    const looked = runs.flatMap(({ checkedAt, finishedAt }) => checkedAt ?? finishedAt ?? []);
    return {
      gaps: await this.gaps(entities, requestId, names),
      systems: await this.systems(entities, requestId),
      notSearched: balance.notSearched,
      referrals: balance.referrals,
      newItems: await this.newItems(entities, request, names),
      isLooking: runs.some(({ purpose }) => purpose === 'recheck'),
      canLook: request.state === 'review',
      lastLooked: looked.sort((a, b) => a.getTime() - b.getTime())[0],
      lateNotice: await lateNotice(entities, requestId, balance),
      canSettle: CAN_SETTLE.includes(request.state),
    };
  }

  private async gaps(entities: EntityManager, requestId: string, names: Map<string, string>): Promise<GapView[]> {
    const gaps = await entities.find(SourceGapRow, { where: { requestId }, order: { foundAt: 'ASC', id: 'ASC' } });
    return gaps.map(({ id, sourceRunId, sentence, state, words, kind }) => ({
      id,
      source: names.get(sourceRunId) ?? '',
      sentence,
      isOpen: state === 'open' && kind !== 'former_identity',
      words: words ?? undefined,
      isTold: state === 'told',
    }));
  }

  private async systems(entities: EntityManager, requestId: string): Promise<ClaimedSystemView[]> {
    const systems = await entities.find(ClaimedSystem, { where: { requestId }, order: { name: 'ASC' } });
    return systems.map(({ id, name, cases, documents, sourceId, state, words }) => ({
      ...{ id, name, cases, documents, state },
      isSearched: sourceId !== null,
      words: words ?? undefined,
    }));
  }

  private async newItems(
    entities: EntityManager,
    request: AccessRequest,
    names: Map<string, string>,
  ): Promise<NewItemView[]> {
    const keys = await this.keyRing.of(request.authorityId);
    const items = await entities.find(NewItem, {
      where: { requestId: request.id, state: 'open' },
      order: { foundAt: 'ASC', id: 'ASC' },
    });
    return items.map(({ id, sourceRunId, kind, titleSealed, foundAt }) => ({
      id,
      source: names.get(sourceRunId) ?? '',
      what: NEW[kind],
      title: keys.unseal('new_item.title', titleSealed),
      foundAt,
    }));
  }
}

/** What was ordered on paper for one source. */
export async function handSearchOf(entities: EntityManager, run: SourceRun, kind: string): Promise<HandSearchView> {
  const orders = await entities.find(PaperOrder, { where: { sourceRunId: run.id }, order: { orderedAt: 'ASC' } });
  return {
    isPaper: kind === 'paper',
    orders: orders.map(({ id, medium, box, number, pagesEstimated, pagesReceived, closedAt }) => ({
      ...{ id, box, number, pagesEstimated },
      medium: medium === 'paper' ? 'Papir' : 'Mikrofilm',
      pagesReceived: pagesReceived ?? undefined,
      isOpen: closedAt === null,
    })),
  };
}

/** The concrete reason that a late notice must give (FVL § 16, stk. 2; OFL § 36, stk. 2), from what is known now. */
async function lateNotice(
  entities: EntityManager,
  requestId: string,
  { sources }: SearchBalance,
): Promise<string | undefined> {
  const documents = sources.reduce((sum, { listed, inside }) => sum + listed + inside, 0);
  const [{ pages }]: { pages: number }[] = await entities.query(
    'select coalesce(sum(pages), 0)::int as pages from file where request_id = $1',
    [requestId],
  );
  const [{ ordered, boxes }]: { ordered: number; boxes: number }[] = await entities.query(
    `select coalesce(sum(pages_estimated), 0)::int as ordered, count(*)::int as boxes from paper_order
     where request_id = $1 and closed_at is null`,
    [requestId],
  );
  if (documents < MANY && ordered === 0) return undefined;
  const found = sources.filter(({ listed }) => listed > 0).length;
  const paper =
    ordered > 0
      ? ` Dertil kommer ca. ${ordered} sider i ${boxes} kasser eller film, som hentes i arkivet og skannes.`
      : '';
  return `Materialet er på ca. ${documents} dokumenter (${pages} sider gjort klar til nu) fra ${found} systemer.${paper}`;
}
