import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { THE_SYSTEM } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { ConfirmIdentity } from './confirm-identity';
import { DiscoverSystems } from './discover-systems';
import { GatherSource } from './gather-source';
import { Gathering } from './gathering';
import { RecheckSource } from './recheck-source';
import { CASE_INDEX, PERSON_REGISTER } from './source-kinds';
import { SourceRow } from './source.entity';
import { SourceRun } from './source-run.entity';

/** Writes down what a search gave, in the transaction that says it has ended. Returns a line without personal data. */
export type StoreOutcome = (entities: EntityManager, run: SourceRun) => Promise<string>;

/** One search of one source, by what kind of source it is and what the search is for. */
@Injectable()
export class SearchSource {
  constructor(
    private readonly database: Database,
    private readonly gatherSource: GatherSource,
    private readonly recheckSource: RecheckSource,
    private readonly identity: ConfirmIdentity,
    private readonly systems: DiscoverSystems,
    private readonly gathering: Gathering,
    private readonly clock: Clock,
  ) {}

  async run(run: SourceRun, signal: AbortSignal): Promise<StoreOutcome> {
    const { kind } = await this.begin(run);
    if (run.purpose === 'recheck') return this.recheck(run, kind, signal);
    if (kind === PERSON_REGISTER) return this.confirm(run, signal);
    if (kind === CASE_INDEX) return this.discover(run, signal);
    const counts = await this.gatherSource.run(run, signal);
    return async (entities, ended) => {
      await this.end(entities, ended, counts);
      return `${counts.cases} cases, ${counts.documents} documents and ${counts.files} files gathered from one source`;
    };
  }

  private begin(run: SourceRun): Promise<SourceRow> {
    return this.database.inAuthority(run.authorityId, async (entities) => {
      const { startedAt, purpose } = run;
      if (purpose === 'gather')
        await entities.update(
          SourceRun,
          { id: run.id },
          { state: 'searching', startedAt: startedAt ?? this.clock.now() },
        );
      return entities.findOneByOrFail(SourceRow, { id: run.sourceId });
    });
  }

  private async confirm(run: SourceRun, signal: AbortSignal): Promise<StoreOutcome> {
    const former = await this.identity.run(run, signal);
    return async (entities, ended) => {
      await this.identity.store(entities, ended, former);
      await this.gathering.searchAll(entities, ended);
      await this.end(entities, ended, { cases: 0, documents: 0, files: 0 });
      return `the citizen is who CPR says, with ${former.length} former numbers`;
    };
  }

  private async discover(run: SourceRun, signal: AbortSignal): Promise<StoreOutcome> {
    const claimed = await this.systems.run(run, signal);
    return async (entities, ended) => {
      await this.systems.store(entities, ended, claimed);
      if (ended.purpose === 'recheck') await entities.update(SourceRun, { id: ended.id }, this.checked());
      else await this.end(entities, ended, { cases: 0, documents: 0, files: 0 });
      return `${new Set(claimed.map(({ system }) => system)).size} systems claim ${claimed.length} cases`;
    };
  }

  private async recheck(run: SourceRun, kind: string, signal: AbortSignal): Promise<StoreOutcome> {
    if (kind === CASE_INDEX) return this.discover(run, signal);
    const found = await this.recheckSource.run(run, signal);
    return async (entities, ended) => {
      const count = await this.recheckSource.store(entities, ended, found);
      await entities.update(SourceRun, { id: ended.id }, this.checked());
      return `${count} things have come or gone since the gathering`;
    };
  }

  private checked(): Partial<SourceRun> {
    return { purpose: 'gather', checkedAt: this.clock.now(), errorClass: null, errorText: null };
  }

  private async end(
    entities: EntityManager,
    run: SourceRun,
    counts: { cases: number; documents: number; files: number },
  ): Promise<void> {
    await entities.update(
      SourceRun,
      { id: run.id },
      { state: 'complete', finishedAt: this.clock.now(), errorClass: null, errorText: null, ...counts },
    );
    await this.gathering.readFilesOf(entities, run);
    await this.gathering.continueWhenGathered(entities, run.authorityId, run.requestId, THE_SYSTEM);
  }
}
