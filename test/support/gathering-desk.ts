import { randomUUID } from 'node:crypto';
import { Module } from '@nestjs/common';
import type { Source } from '../../src/contracts';
import { OpenRequest } from '../../src/delivery/open-request';
import { CircuitBreaker } from '../../src/gathering/circuit-breaker';
import { ConfirmIdentity } from '../../src/gathering/confirm-identity';
import { DiscoverSystems } from '../../src/gathering/discover-systems';
import { FetchFiles } from '../../src/gathering/fetch-files';
import { GatherProcessor } from '../../src/gathering/gather.processor';
import { GatherSource } from '../../src/gathering/gather-source';
import { NumbersOf } from '../../src/gathering/numbers-of';
import { RecheckSource } from '../../src/gathering/recheck-source';
import { SearchSource } from '../../src/gathering/search-source';
import { SourceLimits } from '../../src/gathering/source-limits';
import { StoreListing } from '../../src/gathering/store-listing';
import { SourceRow } from '../../src/gathering/source.entity';
import { SourceRun } from '../../src/gathering/source-run.entity';
import { Sources, type NewSource } from '../../src/gathering/sources';
import { People } from '../../src/identity/people';
import { Staff, type StaffRole } from '../../src/identity/staff.entity';
import { Database } from '../../src/platform/database/database';
import { AccessRequest } from '../../src/requests/request.entity';
import type { EntityManager } from 'typeorm';
import { ListedSystem } from './listed-system';
import { platformApp, type PlatformApp } from './platform-app';

/** Gathering's part of the worker. */
@Module({
  providers: [
    CircuitBreaker,
    ConfirmIdentity,
    DiscoverSystems,
    FetchFiles,
    GatherProcessor,
    GatherSource,
    NumbersOf,
    RecheckSource,
    SearchSource,
    SourceLimits,
    StoreListing,
  ],
})
class GatheringWorker {}

const { signal } = new AbortController();

/** A municipality whose systems lie in memory, and the gathering's own processor on a real database and vault. */
export class GatheringDesk {
  readonly systems = new Map<string, ListedSystem>();

  private constructor(readonly platform: PlatformApp) {
    const sources = platform.app.get(Sources);
    const made = sources.connectorOf.bind(sources);
    sources.connectorOf = async (source) => this.systems.get(source.key) ?? made(source);
  }

  static async start(overrides: Record<string, string> = {}): Promise<GatheringDesk> {
    return new GatheringDesk(await platformApp(overrides, [GatheringWorker]));
  }

  get app() {
    return this.platform.app;
  }

  close(): Promise<void> {
    return this.platform.close();
  }

  within<T>(work: (entities: EntityManager) => Promise<T>): Promise<T> {
    return this.app.get(Database).inAuthority(this.platform.authorityId, work);
  }

  /** A system that answers from memory; it is read by the contract, whatever its kind. */
  async connect(key: string, more: Partial<NewSource> = {}): Promise<ListedSystem> {
    await this.addSource({ key, kind: 'drop-folder', name: `system ${key}`, ...more });
    const system = new ListedSystem({ id: key, kind: 'drop-folder', name: key, owner: '' } as Source);
    this.systems.set(key, system);
    return system;
  }

  addSource(source: Partial<NewSource> & { key: string; kind: string; name: string }): Promise<void> {
    const whole = { owner: 'Sekretariatet', settings: {}, enabled: true, ...source };
    return this.within((entities) => this.app.get(Sources).save(entities, this.platform.authorityId, whole));
  }

  /** No source of an earlier test is asked again. */
  async disconnectAll(): Promise<void> {
    this.systems.clear();
    await this.within((entities) => entities.query('update source set enabled = false'));
  }

  staff(...roles: StaffRole[]): Promise<Staff> {
    const { authorityId } = this.platform;
    return this.within((entities) =>
      entities.save(
        entities.create(Staff, {
          ...{ authorityId, subject: randomUUID(), name: 'Mette', email: null, roles, lastLoginAt: null },
        }),
      ),
    );
  }

  async ask(cpr: string, name = 'Ida Lindskov'): Promise<AccessRequest> {
    const { authorityId } = this.platform;
    const person = await this.within((entities) => this.app.get(People).findOrAdd(entities, authorityId, cpr, name));
    return this.app.get(OpenRequest).open(authorityId, { personRefId: person.id, scope: { kind: 'whole-file' } });
  }

  /** Searches everything that waits for the program, once, as the queue would. */
  async gather(requestId: string): Promise<void> {
    for (;;) {
      const [next] = (await this.runs(requestId)).filter(
        ({ state, purpose }) => state === 'pending' || state === 'searching' || purpose === 'recheck',
      );
      if (!next) return;
      await this.search(next);
    }
  }

  /** One search; a fault that is tried again is thrown, any other ends the run as it does in the queue. */
  async search(run: SourceRun): Promise<void> {
    const processor = this.app.get(GatherProcessor);
    const context = { authorityId: run.authorityId, signal };
    try {
      const outcome = await processor.run(run, context);
      await this.within(async (entities) => {
        // Under the request's lock, as in the queue: of runs that end together the last one moves the request on.
        const locked = (await processor.load(entities, run.id, true)) as SourceRun;
        return processor.mark(entities, locked, outcome);
      });
    } catch (fault) {
      if ((fault as Error).name !== 'UnrecoverableError') throw fault;
      await this.within(async (entities) => {
        const noted = (await processor.load(entities, run.id, true)) as SourceRun;
        await processor.giveUp(entities, noted, fault as Error);
      });
    }
  }

  /** In the order of their sources, the register of persons before all. */
  async runs(requestId: string): Promise<SourceRun[]> {
    return this.within(async (entities) => {
      const sources = new Map((await entities.find(SourceRow)).map((source) => [source.id, source]));
      const rank = ({ sourceId }: SourceRun) =>
        `${sources.get(sourceId)?.kind === 'person-register' ? 0 : 1}${sources.get(sourceId)?.key}`;
      return (await entities.findBy(SourceRun, { requestId })).sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
    });
  }

  /** Puts the request where conversion and proposals would have left it. */
  async toReview(requestId: string): Promise<void> {
    await this.within((entities) => entities.update(AccessRequest, { id: requestId }, { state: 'review' }));
  }

  request(id: string): Promise<AccessRequest> {
    return this.within((entities) => entities.findOneByOrFail(AccessRequest, { id }));
  }
}
