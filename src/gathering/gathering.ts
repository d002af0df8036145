import { Injectable } from '@nestjs/common';
import { In, IsNull, type EntityManager } from 'typeorm';
import { AuditLog, type Actor } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Outbox } from '../platform/outbox/outbox';
import { Refusal } from '../requests/refusal';
import { AccessRequest } from '../requests/request.entity';
import { Transitions } from '../requests/transitions';
import { CompareWithIndex } from './compare-with-index';
import { FileRow } from './file.entity';
import { PaperOrder } from './paper-order.entity';
import { endPartlyRead } from './partly-read';
import { isByHand, PERSON_REGISTER } from './source-kinds';
import { SourceRow } from './source.entity';
import { OPEN_RUN_STATES, SourceRun } from './source-run.entity';
import { Sources } from './sources';

/** Rows of one insert. */
const ANNOUNCED_AT_ONCE = 1000;
const SHORTEST_STATEMENT = 10;

/** Moves a request through gathering and conversion. Callers hold the request's row lock. */
@Injectable()
export class Gathering {
  constructor(
    private readonly sources: Sources,
    private readonly index: CompareWithIndex,
    private readonly outbox: Outbox,
    private readonly transitions: Transitions,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Searches every source, side by side; where CPR is asked, not before it has said who the citizen is. */
  async start(entities: EntityManager, request: AccessRequest, actor: Actor): Promise<void> {
    const sources = await this.sources.searched(entities);
    const runs = await entities.save(
      sources.map((source) =>
        entities.create(SourceRun, {
          authorityId: request.authorityId,
          requestId: request.id,
          sourceId: source.id,
          state: isByHand(source.kind) ? ('awaiting' as const) : ('pending' as const),
          cases: 0,
          documents: 0,
          files: 0,
        }),
      ),
    );
    await this.transitions.move(entities, request.id, 'gathering', actor, 'Every connected source is searched.');
    const registers = new Set(sources.filter(({ kind }) => kind === PERSON_REGISTER).map(({ id }) => id));
    const first = registers.size > 0 ? runs.filter(({ sourceId }) => registers.has(sourceId)) : runs;
    await this.announce(entities, first);
    await this.continueWhenGathered(entities, request.authorityId, request.id, actor);
  }

  /** CPR has said who the citizen is, or an employee has: every other source is searched. */
  async searchAll(entities: EntityManager, confirmed: SourceRun): Promise<void> {
    const runs = await entities.findBy(SourceRun, { requestId: confirmed.requestId, state: 'pending' });
    await this.announce(
      entities,
      runs.filter(({ id }) => id !== confirmed.id),
    );
  }

  /** The files that a source has given are read while other sources are still searched. */
  async readFilesOf(entities: EntityManager, run: SourceRun): Promise<void> {
    const files: { id: string }[] = await entities.query(
      `select f.id from file f join document d on d.id = f.document_id join records_case c on c.id = d.records_case_id
       where c.source_run_id = $1 and f.state = 'fetched'
         and not exists (select 1 from outbox o where o.name = 'convert.file' and o.subject_id = f.id and o.completed_at is null)
       order by f.id`,
      [run.id],
    );
    for (let from = 0; from < files.length; from += ANNOUNCED_AT_ONCE)
      await this.outbox.announce(
        entities,
        run.authorityId,
        'convert.file',
        files.slice(from, from + ANNOUNCED_AT_ONCE).map(({ id }) => id),
      );
  }

  /** When no source is left: on to conversion. */
  async continueWhenGathered(
    entities: EntityManager,
    authorityId: string,
    requestId: string,
    actor: Actor,
  ): Promise<void> {
    const open = await entities.countBy(SourceRun, { requestId, state: In(OPEN_RUN_STATES) });
    const request = await entities.findOneByOrFail(AccessRequest, { id: requestId });
    if (open > 0 || request.state !== 'gathering') return;
    await this.index.note(entities, authorityId, requestId);
    await this.transitions.move(entities, requestId, 'converting', actor, 'Every source has given what it has.');
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
    const run = await this.unfinishedRun(entities, runId);
    if (statement.trim().length < SHORTEST_STATEMENT)
      throw new Refusal(
        'statement-missing',
        'Skriv, hvad den manuelle søgning gav, eller hvorfor systemet ikke kan søges. Teksten kommer med i svaret.',
      );
    if (await entities.existsBy(PaperOrder, { sourceRunId: run.id, closedAt: IsNull() }))
      throw new Refusal('orders-open', 'Der er kasser eller film, som ikke er meldt skannet. Afslut dem først.');
    await this.endByHand(entities, run, staffId, 'skipped', statement.trim());
    const { kind } = await entities.findOneByOrFail(SourceRow, { id: run.sourceId });
    if (kind === PERSON_REGISTER) await this.searchAll(entities, run);
  }

  /** A named employee decides that the citizen is answered without this source; the letter says so. */
  async leaveOut(entities: EntityManager, runId: string, staffId: string, reason: string): Promise<void> {
    const run = await this.unfinishedRun(entities, runId);
    const { kind } = await entities.findOneByOrFail(SourceRow, { id: run.sourceId });
    if (kind === PERSON_REGISTER)
      throw new Refusal('identity-open', 'Der kan ikke svares, før det er afklaret, hvem borgeren er.');
    if (reason.trim().length < SHORTEST_STATEMENT)
      throw new Refusal('reason-missing', 'Skriv, hvorfor der svares uden systemet. Teksten kommer med i svaret.');
    await this.endByHand(entities, run, staffId, 'left_out', reason.trim());
  }

  private async endByHand(
    entities: EntityManager,
    run: SourceRun,
    staffId: string,
    state: 'skipped' | 'left_out',
    words: string,
  ): Promise<void> {
    const actor: Actor = { kind: 'staff', id: staffId };
    const ended = { state, skippedBy: staffId, skippedReason: words, finishedAt: this.clock.now() };
    await entities.update(SourceRun, { id: run.id }, { ...ended, ...(await endPartlyRead(entities, run)) });
    await entities.update(AccessRequest, { id: run.requestId }, { attention: null });
    await this.write(
      entities,
      run,
      actor,
      state === 'skipped' ? 'source.attest' : 'source.leave_out',
      state === 'skipped'
        ? 'An employee attested a manual search.'
        : 'An employee decided to answer without the source.',
    );
    await this.readFilesOf(entities, run);
    await this.continueWhenGathered(entities, run.authorityId, run.requestId, actor);
  }

  private async announce(entities: EntityManager, runs: SourceRun[]): Promise<void> {
    const asked = runs.filter(({ state }) => state === 'pending');
    if (asked.length === 0) return;
    await this.outbox.announce(
      entities,
      asked[0].authorityId,
      'gather.source',
      asked.map((run) => run.id),
    );
  }

  /** Failed, or waiting for a person. */
  private async unfinishedRun(entities: EntityManager, runId: string): Promise<SourceRun> {
    const run = await this.lockedRun(entities, runId);
    if (run.state === 'failed' || run.state === 'awaiting') return run;
    throw new Refusal(
      'source-not-failed',
      'Systemet venter ikke længere på nogen. Opdater siden, og se, hvad der er sket.',
    );
  }

  private async lockedRun(entities: EntityManager, runId: string): Promise<SourceRun> {
    const { requestId } = await entities.findOneByOrFail(SourceRun, { id: runId });
    await entities.findOneOrFail(AccessRequest, { where: { id: requestId }, lock: { mode: 'pessimistic_write' } });
    return entities.findOneByOrFail(SourceRun, { id: runId });
  }

  private async failedRun(entities: EntityManager, runId: string): Promise<SourceRun> {
    const run = await this.lockedRun(entities, runId);
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
