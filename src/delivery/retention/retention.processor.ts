import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, THE_SYSTEM } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import type { JobContext, JobDefinition } from '../../platform/queue/job-definition';
import { JobRegistry } from '../../platform/queue/job-registry';
import { VaultForgetting } from '../../platform/vault/forget';
import { AccessRequest } from '../../requests/request.entity';
import { Retention } from './retention';
import { RetentionItem, RetentionRun } from './retention.entities';
import { planRetention } from './retention-plan';
import { contentsOf, DELETED, deleteWorkingCopies } from './working-copies';

interface Deleted {
  requests: number;
  spared: number;
}

/** The queue `journal`: deletes what an approved plan says, request by request. */
@Injectable()
export class RetentionProcessor implements OnModuleInit, JobDefinition<RetentionRun, Deleted> {
  readonly name = 'retention.run' as const;

  constructor(
    private readonly registry: JobRegistry,
    private readonly database: Database,
    private readonly retention: Retention,
    private readonly forgetting: VaultForgetting,
    private readonly keyRing: KeyRing,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  load(entities: EntityManager, id: string): Promise<RetentionRun | null> {
    return entities.findOneBy(RetentionRun, { id });
  }

  isExpected(run: RetentionRun): true | string {
    return run.approvedAt !== null || 'nobody has approved the plan';
  }

  async run(run: RetentionRun, { signal }: JobContext): Promise<Deleted> {
    const items = await this.database.inAuthority(run.authorityId, (entities) =>
      entities.find(RetentionItem, { where: { runId: run.id }, order: { requestId: 'ASC' } }),
    );
    const deleted: Deleted = { requests: 0, spared: 0 };
    for (const item of items.filter(({ staysBecause }) => staysBecause.length === 0)) {
      signal.throwIfAborted();
      const isGone = await this.delete(run, item);
      if (isGone) deleted.requests += 1;
      else deleted.spared += 1;
    }
    return deleted;
  }

  async mark(_entities: EntityManager, _run: RetentionRun, { requests, spared }: Deleted): Promise<string> {
    return `working copies of ${requests} requests deleted, ${spared} spared`;
  }

  /** Rows first, in one transaction; then the contents that nothing points at any more. A crash between is carried on. */
  private async delete(run: RetentionRun, item: RetentionItem): Promise<boolean> {
    if (item.state !== 'planned') return item.state === 'deleted';
    const addresses =
      item.addresses ??
      (await this.database.inAuthority(run.authorityId, (entities) => this.takeOut(entities, run, item.requestId)));
    if (addresses === null) return false;
    const contentsDeleted = await this.forgetting.forget(run.authorityId, addresses);
    await this.database.inAuthority(run.authorityId, (entities) => this.report(entities, run, item, contentsDeleted));
    return true;
  }

  /** The addresses that the request held; null when something has changed since the plan, so that it is spared. */
  private async takeOut(entities: EntityManager, run: RetentionRun, requestId: string): Promise<string[] | null> {
    await entities.findOneOrFail(AccessRequest, { where: { id: requestId }, lock: { mode: 'pessimistic_write' } });
    const of = { runId: run.id, requestId };
    const [now] = await planRetention(entities, this.retention.monthsAgo(run.months), requestId);
    if (!now || now.staysBecause.length > 0) {
      const sparedBecause = now ? now.staysBecause : ['deleted'];
      await entities.update(RetentionItem, of, { state: 'spared', staysBecause: sparedBecause });
      return null;
    }
    const addresses = await contentsOf(entities, requestId);
    const keys = await this.keyRing.of(run.authorityId);
    await entities.update(RetentionItem, of, { addresses });
    await deleteWorkingCopies(entities, requestId, {
      fileName: keys.seal('file.name', DELETED),
      documentTitle: keys.seal('document.title', DELETED),
      caseNumber: keys.seal('records_case.number', DELETED),
      caseTitle: keys.seal('records_case.title', DELETED),
      claimedCases: keys.seal('claimed_system.cases', '[]'),
    });
    await entities.update(AccessRequest, { id: requestId }, { deletedAt: this.clock.now() });
    return addresses;
  }

  private async report(
    entities: EntityManager,
    run: RetentionRun,
    { requestId }: RetentionItem,
    contentsDeleted: number,
  ): Promise<void> {
    const done = { state: 'deleted' as const, deletedAt: this.clock.now(), contentsDeleted, addresses: null };
    await entities.update(RetentionItem, { runId: run.id, requestId }, done);
    await this.audit.write(entities, run.authorityId, {
      actor: THE_SYSTEM,
      action: 'retention.delete',
      subject: { kind: 'request', id: requestId },
      requestId,
      reason: 'The working copies were deleted; the journal holds what was delivered.',
      details: { run: run.id, contents: contentsDeleted },
    });
  }
}
