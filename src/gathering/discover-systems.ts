import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ClaimedCase } from '../contracts';
import { Database } from '../platform/database/database';
import { KeyRing } from '../platform/keys/authority-keys';
import { createCaseIndex } from '../records';
import { ClaimedSystem } from './claimed-system.entity';
import { NumbersOf } from './numbers-of';
import { needsJurist } from './person-number.entity';
import { SourceRow } from './source.entity';
import type { SourceRun } from './source-run.entity';
import { Sources } from './sources';

/** A claimed case as it is kept, encrypted, for the comparison with what was gathered. */
export type KeptClaim = Omit<ClaimedCase, 'system'>;

/** Asks the common-municipal index which systems claim to hold a case for the citizen. */
@Injectable()
export class DiscoverSystems {
  constructor(
    private readonly database: Database,
    private readonly sources: Sources,
    private readonly numbersOf: NumbersOf,
    private readonly keyRing: KeyRing,
  ) {}

  async run(run: SourceRun, signal: AbortSignal): Promise<ClaimedCase[]> {
    const { index, cprs } = await this.database.inAuthority(run.authorityId, async (entities) => {
      const source = await entities.findOneByOrFail(SourceRow, { id: run.sourceId });
      const numbers = await this.numbersOf.request(entities, run.requestId);
      return {
        index: createCaseIndex(await this.sources.settingsOf(source)),
        cprs: numbers.filter(({ reason }) => !needsJurist(reason)).map(({ cpr }) => cpr),
      };
    });
    try {
      return await index.search(cprs, signal);
    } finally {
      await index.close?.();
    }
  }

  /** One row a system; what somebody has said of a system stands when the index is asked again. */
  async store(entities: EntityManager, run: SourceRun, claimed: ClaimedCase[]): Promise<void> {
    const keys = await this.keyRing.of(run.authorityId);
    const searched = await this.sources.searched(entities);
    for (const [name, cases] of bySystem(claimed)) {
      const source = searched.find(({ indexNames }) => indexNames.some((known) => isSameName(known, name)));
      const facts = {
        sourceId: source?.id ?? null,
        casesSealed: keys.seal('claimed_system.cases', JSON.stringify(cases)),
        cases: cases.length,
        documents: cases.reduce((sum, { documents }) => sum + documents, 0),
      };
      const own = { requestId: run.requestId, name };
      const known = await entities.findOneBy(ClaimedSystem, own);
      if (known) await entities.update(ClaimedSystem, { id: known.id }, facts);
      else await entities.insert(ClaimedSystem, { ...own, ...facts, authorityId: run.authorityId });
    }
  }
}

function bySystem(claimed: ClaimedCase[]): Map<string, KeptClaim[]> {
  const systems = new Map<string, KeptClaim[]>();
  for (const { system, ...kept } of claimed) systems.set(system, [...(systems.get(system) ?? []), kept]);
  return systems;
}

function isSameName(a: string, b: string): boolean {
  return a.trim().toLocaleLowerCase('da') === b.trim().toLocaleLowerCase('da');
}
