import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { AuditLog, type Actor } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Outbox } from '../platform/outbox/outbox';
import { Refusal } from '../requests/refusal';
import { AccessRequest } from '../requests/request.entity';
import { Transitions } from '../requests/transitions';
import { FileRow } from './file.entity';
import { endPartlyRead } from './partly-read';
import { SourceRun } from './source-run.entity';
import { Sources } from './sources';

/** Moves a request through gathering and conversion. Callers hold the request's row lock. */
@Injectable()
export class Gathering {
  constructor(
    private readonly sources: Sources,
    private readonly outbox: Outbox,
    private readonly transitions: Transitions,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Searches every source, side by side. */
  async start(entities: EntityManager, request: AccessRequest, actor: Actor): Promise<void> {
    const sources = await this.sources.searched(entities);
    const runs = await entities.save(
      sources.map((source) =>
        entities.create(SourceRun, {
          authorityId: request.authorityId,
          requestId: request.id,
          sourceId: source.id,
          state: 'pending' as const,
          cases: 0,
          documents: 0,
          files: 0,
        }),
      ),
    );
    await this.transitions.move(entities, request.id, 'gathering', actor, 'Every connected source is searched.');
    await this.outbox.announce(
      entities,
      request.authorityId,
      'gather.source',
      runs.map((run) => run.id),
    );
    await this.continueWhenGathered(entities, request.authorityId, request.id, actor);
  }

  /** When no source is left: on to conversion. */
  async continueWhenGathered(
    entities: EntityManager,
    authorityId: string,
    requestId: string,
    actor: Actor,
  ): Promise<void> {
    const open = await entities.countBy(SourceRun, {
      requestId,
      state: In(['pending', 'searching', 'fetching', 'failed']),
    });
    const request = await entities.findOneByOrFail(AccessRequest, { id: requestId });
    if (open > 0 || request.state !== 'gathering') return;
    await this.transitions.move(entities, requestId, 'converting', actor, 'Every source has given what it has.');
    const files = await entities.find(FileRow, { where: { requestId, state: 'fetched' }, order: { id: 'ASC' } });
    await this.outbox.announce(
      entities,
      authorityId,
      'convert.file',
      files.map((file) => file.id),
    );
    await this.continueWhenConverted(entities, authorityId, requestId, actor);
  }

  /** When no file is left: on to the proposals. */
  async continueWhenConverted(
    entities: EntityManager,
    authorityId: string,
    requestId: string,
    actor: Actor,
  ): Promise<void> {
    const open = await entities.countBy(FileRow, { requestId, state: In(['listed', 'fetched']) });
    const request = await entities.findOneByOrFail(AccessRequest, { id: requestId });
    if (open > 0 || request.state !== 'converting') return;
    await this.transitions.move(
      entities,
      requestId,
      'proposing',
      actor,
      'Every file is readable or has a stated reason why not.',
    );
    await this.outbox.announce(entities, authorityId, 'propose.request', requestId);
  }

  /** Tries a source again that had failed. */
  async retry(entities: EntityManager, runId: string, actor: Actor): Promise<void> {
    const run = await this.failedRun(entities, runId);
    await entities.update(
      SourceRun,
      { id: run.id },
      { state: 'pending', errorClass: null, errorText: null, finishedAt: null },
    );
    await entities.update(AccessRequest, { id: run.requestId }, { attention: null });
    await this.outbox.announce(entities, run.authorityId, 'gather.source', run.id);
    await this.write(entities, run, actor, 'source.retry', 'The source is searched again.');
  }

  /** A named employee states what a manual search in the source gave; the letter says so. */
  async attest(entities: EntityManager, runId: string, staffId: string, statement: string): Promise<void> {
    const run = await this.failedRun(entities, runId);
    if (statement.trim().length < 10)
      throw new Refusal(
        'statement-missing',
        'Skriv, hvad den manuelle søgning gav, eller hvorfor systemet ikke kan søges. Teksten kommer med i svaret.',
      );
    await entities.update(
      SourceRun,
      { id: run.id },
      {
        state: 'skipped',
        skippedBy: staffId,
        skippedReason: statement.trim(),
        finishedAt: this.clock.now(),
        ...(await endPartlyRead(entities, run)),
      },
    );
    await entities.update(AccessRequest, { id: run.requestId }, { attention: null });
    await this.write(
      entities,
      run,
      { kind: 'staff', id: staffId },
      'source.attest',
      'An employee attested a manual search.',
    );
    await this.continueWhenGathered(entities, run.authorityId, run.requestId, { kind: 'staff', id: staffId });
  }

  private async failedRun(entities: EntityManager, runId: string): Promise<SourceRun> {
    const run = await entities.findOneByOrFail(SourceRun, { id: runId });
    await entities.findOneOrFail(AccessRequest, { where: { id: run.requestId }, lock: { mode: 'pessimistic_write' } });
    if (run.state !== 'failed')
      throw new Refusal('source-not-failed', 'Systemet er ikke i fejl længere. Opdater siden, og se hvad der er sket.');
    return run;
  }

  private write(entities: EntityManager, run: SourceRun, actor: Actor, action: string, reason: string): Promise<void> {
    return this.audit.write(entities, run.authorityId, {
      actor,
      action,
      subject: { kind: 'source_run', id: run.id },
      requestId: run.requestId,
      reason,
    });
  }
}
