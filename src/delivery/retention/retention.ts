import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { AuditLog, type Actor } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { Authority } from '../../platform/database/authority.entity';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Outbox } from '../../platform/outbox/outbox';
import { Refusal } from '../../requests/refusal';
import { AccessRequest } from '../../requests/request.entity';
import { HOLD_CAUSES, RetentionHold, RetentionItem, RetentionRun, type HoldCause } from './retention.entities';
import { planHash, planRetention } from './retention-plan';
import { contentsOf } from './working-copies';

/** Working copies are kept a year after the last delivery where the municipality has not set another time. */
const USUAL_MONTHS = 12;
const SHORTEST_NOTE = 10;

/** Deletion of working copies: a plan first, a named person who lets it run, a report after. */
@Injectable()
export class Retention {
  constructor(
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  async monthsOf(entities: EntityManager, authorityId: string): Promise<number> {
    const { settings } = await entities.findOneByOrFail(Authority, { id: authorityId });
    return settings.workingCopiesMonths ?? USUAL_MONTHS;
  }

  /** The dry run: what would go, what stays and why. Nothing is deleted. */
  async plan(entities: EntityManager, authorityId: string, staffId: string): Promise<RetentionRun> {
    const months = await this.monthsOf(entities, authorityId);
    const planned = await planRetention(entities, this.monthsAgo(months));
    const items = await Promise.all(
      planned.map(async ({ requestId, staysBecause }) => ({
        ...{ requestId, staysBecause, authorityId },
        contents: (await contentsOf(entities, requestId)).length,
      })),
    );
    const run = await entities.save(
      entities.create(RetentionRun, {
        ...{ authorityId, months, planSha256: planHash(items) },
        ...{ plannedBy: staffId, plannedAt: this.clock.now() },
      }),
    );
    if (items.length > 0)
      await entities.insert(
        RetentionItem,
        items.map((item) => ({ ...item, runId: run.id, state: 'planned' as const })),
      );
    const going = items.filter(({ staysBecause }) => staysBecause.length === 0).length;
    await this.note(entities, run, staffId, 'retention.plan', 'Deletion of working copies was planned.', going);
    return run;
  }

  /** Lets a plan run as it was shown. An older plan, or one that was run, is refused. */
  async approve(entities: EntityManager, runId: string, staffId: string, shownSha256: string): Promise<void> {
    const run = await entities.findOneOrFail(RetentionRun, {
      where: { id: runId },
      lock: { mode: 'pessimistic_write' },
    });
    const [newest] = await entities.find(RetentionRun, { order: { plannedAt: 'DESC' }, take: 1 });
    if (run.approvedAt !== null || newest.id !== run.id || run.planSha256 !== shownSha256)
      throw new Refusal(
        'plan-outdated',
        'Planen er ikke den nyeste, eller den er allerede kørt. Lav en ny plan, og se den igennem.',
      );
    const items = await entities.findBy(RetentionItem, { runId });
    const going = items.filter(({ staysBecause }) => staysBecause.length === 0);
    if (going.length === 0) throw new Refusal('nothing-to-delete', 'Der er ikke noget at slette i planen.');
    await entities.update(RetentionRun, { id: runId }, { approvedBy: staffId, approvedAt: this.clock.now() });
    await this.outbox.announce(entities, run.authorityId, 'retention.run', runId);
    await this.note(
      entities,
      run,
      staffId,
      'retention.approve',
      'Deletion of working copies was approved.',
      going.length,
    );
  }

  /** Stops the deletion for one request. */
  async hold(
    entities: EntityManager,
    requestId: string,
    staffId: string,
    cause: HoldCause,
    note: string,
  ): Promise<void> {
    const request = await this.locked(entities, requestId);
    if (request.deletedAt !== null)
      throw new Refusal('deleted', `Arbejdskopierne for anmodning ${request.number} er allerede slettet.`);
    if (note.trim().length < SHORTEST_NOTE)
      throw new Refusal('note-missing', `Skriv, hvad sagen er, og hvor den behandles. Mindst ${SHORTEST_NOTE} tegn.`);
    if (!HOLD_CAUSES.includes(cause)) throw new Refusal('cause-missing', 'Vælg, hvorfor sletningen skal vente.');
    const keys = await this.keyRing.of(request.authorityId);
    await entities.insert(RetentionHold, {
      ...{ authorityId: request.authorityId, requestId, cause },
      ...{ noteSealed: keys.seal('retention_hold.note', note.trim()), setBy: staffId, setAt: this.clock.now() },
    });
    await this.noteOnRequest(entities, request, staffId, 'retention.hold', 'Deletion of working copies was stopped.');
  }

  async lift(entities: EntityManager, requestId: string, holdId: string, staffId: string): Promise<void> {
    const request = await this.locked(entities, requestId);
    await entities.update(
      RetentionHold,
      { id: holdId, requestId, liftedAt: IsNull() },
      { liftedBy: staffId, liftedAt: this.clock.now() },
    );
    await this.noteOnRequest(entities, request, staffId, 'retention.lift', 'Deletion of working copies may go on.');
  }

  monthsAgo(months: number): Date {
    const before = this.clock.now();
    before.setUTCMonth(before.getUTCMonth() - months);
    return before;
  }

  private locked(entities: EntityManager, requestId: string): Promise<AccessRequest> {
    return entities.findOneOrFail(AccessRequest, { where: { id: requestId }, lock: { mode: 'pessimistic_write' } });
  }

  private note(
    entities: EntityManager,
    run: RetentionRun,
    staffId: string,
    action: string,
    reason: string,
    requests: number,
  ): Promise<void> {
    const actor: Actor = { kind: 'staff', id: staffId };
    const details = { requests, planSha256: run.planSha256 };
    const subject = { kind: 'retention_run', id: run.id };
    return this.audit.write(entities, run.authorityId, { actor, action, subject, reason, details });
  }

  private noteOnRequest(
    entities: EntityManager,
    { id, authorityId }: AccessRequest,
    staffId: string,
    action: string,
    reason: string,
  ): Promise<void> {
    const actor: Actor = { kind: 'staff', id: staffId };
    const subject = { kind: 'request', id };
    return this.audit.write(entities, authorityId, { actor, action, subject, requestId: id, reason });
  }
}
