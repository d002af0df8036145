import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { StaffRole } from '../identity/staff.entity';
import { AuditLog } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Outbox } from '../platform/outbox/outbox';
import { Settings } from '../platform/settings';
import { Refusal } from '../requests/refusal';
import { AccessRequest } from '../requests/request.entity';
import { requestInReview } from '../requests/request-in-review';
import { Transitions } from '../requests/transitions';
import { NewItem } from './new-item.entity';
import { RecordsCaseRow } from './records-case.entity';
import { CASE_INDEX, isConnected } from './source-kinds';
import { SourceRow } from './source.entity';
import { SourceRun } from './source-run.entity';

const HOUR_MS = 3_600_000;
const SHORTEST_REASON = 10;

/** What has come since the gathering: looked for, shown, and taken in or left out by a named employee. */
@Injectable()
export class GatherAgain {
  constructor(
    private readonly outbox: Outbox,
    private readonly transitions: Transitions,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** Asks every source again what it holds; nothing is fetched. */
  async look(entities: EntityManager, requestId: string, staffId: string): Promise<void> {
    const request = await requestInReview(entities, requestId);
    const runs = await this.askableRuns(entities, requestId);
    const asked = runs.filter(({ purpose }) => purpose === 'gather').map(({ id }) => id);
    if (asked.length === 0) return;
    await entities.update(SourceRun, { id: In(asked) }, { purpose: 'recheck' });
    await this.outbox.announce(entities, request.authorityId, 'gather.source', asked);
    await this.write(entities, request, staffId, 'sources.recheck', 'The sources are looked through for what is new.');
  }

  /** Takes in all that is new: its sources are gathered again, and what is there already is not fetched twice. */
  async take(entities: EntityManager, requestId: string, staffId: string): Promise<void> {
    const request = await requestInReview(entities, requestId);
    const items = await entities.findBy(NewItem, { requestId, state: 'open' });
    const gone = items.filter(({ kind }) => kind === 'gone');
    if (gone.length === items.length)
      throw new Refusal('nothing-new', 'Der er ikke noget nyt at hente. Opdater siden, og se, hvad der er sket.');
    const taken = items.filter(({ kind }) => kind !== 'gone');
    const settled = { settledBy: staffId, settledAt: this.clock.now() };
    await entities.update(NewItem, { id: In(taken.map(({ id }) => id)) }, { state: 'taken', ...settled });
    await this.gather(entities, request, staffId, [...new Set(taken.map(({ sourceRunId }) => sourceRunId))]);
  }

  /** Answers without something that is new or has gone; why stands in the log. */
  async leave(
    entities: EntityManager,
    requestId: string,
    itemId: string,
    staffId: string,
    reason: string,
  ): Promise<void> {
    const request = await requestInReview(entities, requestId);
    if (reason.trim().length < SHORTEST_REASON)
      throw new Refusal('reason-missing', 'Skriv, hvorfor det ikke hører med til svaret.');
    await entities.update(
      NewItem,
      { id: itemId, requestId, state: 'open' },
      { state: 'left', reason: reason.trim(), settledBy: staffId, settledAt: this.clock.now() },
    );
    await this.write(entities, request, staffId, 'new_item.leave', 'Something new was left out of the answer.');
  }

  /** A jurist says that a case found by a former number is the citizen's and may be given: it is gathered now. */
  async letIn(
    entities: EntityManager,
    requestId: string,
    caseId: string,
    { staffId, roles }: { staffId: string; roles: readonly StaffRole[] },
  ): Promise<void> {
    const request = await requestInReview(entities, requestId);
    if (!roles.includes('godkender'))
      throw new Refusal(
        'jurist-needed',
        'Kun en jurist (en medarbejder, der kan godkende) kan afgøre, om en sag fra et tidligere personnummer må gives.',
      );
    const held = await entities.findOneByOrFail(RecordsCaseRow, { id: caseId, requestId, heldForJurist: true });
    const by = { existenceBy: staffId, existenceAt: this.clock.now() };
    await entities.update(
      RecordsCaseRow,
      { id: caseId },
      { heldForJurist: false, existence: 'open', existenceReason: null, ...by },
    );
    await this.write(entities, request, staffId, 'case.let_in', 'A jurist let in a case of a former number.');
    await this.gather(entities, request, staffId, [held.sourceRunId]);
  }

  /** What is in the way of closing a review, a sentence each. */
  async obstacles(entities: EntityManager, requestId: string): Promise<string[]> {
    const runs = await this.askableRuns(entities, requestId);
    const looking = runs.filter(({ purpose }) => purpose === 'recheck').length;
    const open = await entities.countBy(NewItem, { requestId, state: 'open' });
    const oldest = Math.min(...runs.map((run) => (run.checkedAt ?? run.finishedAt ?? this.clock.now()).getTime()));
    const limit = this.clock.now().getTime() - this.settings.RECHECK_AFTER_HOURS * HOUR_MS;
    return [
      ...(looking > 0 ? ['Kilderne ses igennem for nyt. Vent, til det er gjort.'] : []),
      ...(open > 0 ? ['Der er kommet nyt i kilderne, siden der blev hentet. Tag stilling til det.'] : []),
      ...(looking === 0 && runs.length > 0 && oldest < limit
        ? [`Kilderne er ikke set efter i over ${this.settings.RECHECK_AFTER_HOURS} timer. Se efter nyt først.`]
        : []),
    ];
  }

  private async gather(
    entities: EntityManager,
    request: AccessRequest,
    staffId: string,
    runIds: string[],
  ): Promise<void> {
    await entities.update(SourceRun, { id: In(runIds) }, { state: 'pending', finishedAt: null });
    // The listing is read from its beginning; files that are there are not fetched again.
    await entities.update(RecordsCaseRow, { sourceRunId: In(runIds) }, { gatheredAt: null, cursor: null });
    const actor = { kind: 'staff' as const, id: staffId };
    await this.transitions.move(entities, request.id, 'gathering', actor, 'What is new is gathered.', null);
    await this.outbox.announce(entities, request.authorityId, 'gather.source', runIds);
  }

  private async askableRuns(entities: EntityManager, requestId: string): Promise<SourceRun[]> {
    const kinds = new Map((await entities.find(SourceRow)).map(({ id, kind }) => [id, kind]));
    const runs = await entities.findBy(SourceRun, { requestId, state: 'complete' });
    return runs.filter(({ sourceId }) => {
      const kind = kinds.get(sourceId) ?? '';
      return isConnected(kind) || kind === CASE_INDEX;
    });
  }

  private write(
    entities: EntityManager,
    request: AccessRequest,
    staffId: string,
    action: string,
    reason: string,
  ): Promise<void> {
    return this.audit.write(entities, request.authorityId, {
      actor: { kind: 'staff', id: staffId },
      action,
      subject: { kind: 'request', id: request.id },
      requestId: request.id,
      reason,
    });
  }
}
