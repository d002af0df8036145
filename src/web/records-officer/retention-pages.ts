import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { Retention } from '../../delivery/retention/retention';
import {
  HOLD_CAUSES,
  RetentionHold,
  RetentionItem,
  RetentionRun,
  type HoldCause,
} from '../../delivery/retention/retention.entities';
import { planRetention, type Reason } from '../../delivery/retention/retention-plan';
import type { StaffUser } from '../../identity/sessions';
import { Staff } from '../../identity/staff.entity';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import { AccessRequest } from '../../requests/request.entity';
import type { HoldView, RetentionLine, RetentionPage, RetentionPlanView } from '../views/sletning';
import type { FieldError } from '../views/page-shell';

const CAUSES: Record<HoldCause, string> = {
  complaint: 'Klage',
  supervision: 'Tilsyn',
  ombudsman: 'Ombudsmanden',
  court: 'Domstol',
  breach: 'Brud på persondatasikkerheden',
};
const REASONS: Record<Reason | 'deleted', string> = {
  'not-answered': 'sagen er ikke afsluttet',
  'too-young': 'tiden er ikke gået',
  'not-journalised': 'journalen har ikke kvitteret for det hele',
  'held-complaint': 'der er en klage',
  'held-supervision': 'der er en tilsynssag',
  'held-ombudsman': 'Ombudsmanden har sagen',
  'held-court': 'der er en retssag',
  'held-breach': 'et brud på persondatasikkerheden er ikke afsluttet',
  deleted: 'allerede slettet',
};

/** The plan of what goes and what stays, its report, and what stops a deletion. */
@Injectable()
export class RetentionPages {
  constructor(
    private readonly database: Database,
    private readonly retention: Retention,
    private readonly keyRing: KeyRing,
  ) {}

  page(user: StaffUser, errors: FieldError[] = []): Promise<RetentionPage> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const names = new Map((await entities.find(Staff)).map(({ id, name }) => [id, name]));
      const nameOf = (id: string | null): string => names.get(id ?? '') ?? 'En medarbejder';
      const [newest] = await entities.find(RetentionRun, { order: { plannedAt: 'DESC' }, take: 1 });
      return {
        months: await this.retention.monthsOf(entities, user.authorityId),
        plan: newest ? await this.planView(entities, newest, nameOf) : null,
        holds: await this.holds(entities, user.authorityId, nameOf),
        causes: HOLD_CAUSES.map((value) => ({ value, label: CAUSES[value] })),
        canAct: user.roles.includes('arkivar'),
        errors,
      };
    });
  }

  private async planView(
    entities: EntityManager,
    run: RetentionRun,
    nameOf: (id: string | null) => string,
  ): Promise<RetentionPlanView> {
    const items = await entities.findBy(RetentionItem, { runId: run.id });
    const requests = new Map((await entities.find(AccessRequest)).map((request) => [request.id, request]));
    const ends = new Map(
      (await planRetention(entities, new Date(0))).map(({ requestId, endedAt }) => [requestId, endedAt]),
    );
    const lines = items
      .map((item) => ({
        item,
        line: {
          number: requests.get(item.requestId)?.number ?? '',
          endedAt: ends.get(item.requestId) ?? undefined,
          outcome: outcomeOf(item, run),
          contents: item.contentsDeleted ?? item.contents,
        },
      }))
      .sort((a, b) => (a.line.number < b.line.number ? -1 : 1));
    const linesOf = (isGoing: boolean): RetentionLine[] =>
      lines.filter(({ item }) => (item.staysBecause.length === 0) === isGoing).map(({ line }) => line);
    return {
      id: run.id,
      sha256: run.planSha256,
      plannedAt: run.plannedAt,
      plannedBy: nameOf(run.plannedBy),
      approvedAt: run.approvedAt ?? undefined,
      approvedBy: run.approvedAt ? nameOf(run.approvedBy) : undefined,
      going: linesOf(true),
      staying: linesOf(false),
      isRunning:
        run.approvedAt !== null && items.some(({ state, staysBecause }) => state === 'planned' && !staysBecause.length),
    };
  }

  private async holds(
    entities: EntityManager,
    authorityId: string,
    nameOf: (id: string | null) => string,
  ): Promise<HoldView[]> {
    const keys = await this.keyRing.of(authorityId);
    const holds = await entities.find(RetentionHold, { where: { liftedAt: IsNull() }, order: { setAt: 'ASC' } });
    const requests = new Map((await entities.find(AccessRequest)).map(({ id, number }) => [id, number]));
    return holds.map(({ id, requestId, cause, noteSealed, setBy, setAt }) => ({
      ...{ id, requestId, number: requests.get(requestId) ?? '', cause: CAUSES[cause] },
      note: noteSealed ? keys.unseal('retention_hold.note', noteSealed) : '',
      ...{ by: nameOf(setBy), at: setAt },
    }));
  }
}

function outcomeOf(item: RetentionItem, run: RetentionRun): string {
  const reasons = item.staysBecause.map((reason) => REASONS[reason as Reason | 'deleted'] ?? reason).join(', ');
  if (item.state === 'deleted') return 'slettet';
  if (item.state === 'spared') return `bevaret efter ny kontrol: ${reasons}`;
  if (reasons) return `bliver: ${reasons}`;
  return run.approvedAt ? 'bliver slettet nu' : 'slettes, når planen godkendes';
}
