import { Injectable } from '@nestjs/common';
import { IsNull, Not, type EntityManager } from 'typeorm';
import { Clock } from '../platform/clock';
import { KeyRing } from '../platform/keys/authority-keys';
import { ClaimedSystem } from './claimed-system.entity';
import type { KeptClaim } from './discover-systems';
import { RecordsCaseRow } from './records-case.entity';
import { SourceReport } from './source-report';
import { SourceRun } from './source-run.entity';

/** Finds cases that the index knows of in a searched system and that the search did not show: hidden from our account. */
@Injectable()
export class CompareWithIndex {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** Notes each as a gap of its source. Called when every source has ended. */
  async note(entities: EntityManager, authorityId: string, requestId: string): Promise<void> {
    const claimed = await entities.findBy(ClaimedSystem, { requestId, sourceId: Not(IsNull()) });
    const keys = await this.keyRing.of(authorityId);
    for (const system of claimed) {
      const run = await entities.findOneBy(SourceRun, { requestId, sourceId: system.sourceId as string });
      if (run?.state !== 'complete') continue;
      const cases = await entities.findBy(RecordsCaseRow, { sourceRunId: run.id });
      const known = new Set(
        cases.flatMap(({ numberSealed }) =>
          numberSealed ? [withoutBlanks(keys.unseal('records_case.number', numberSealed))] : [],
        ),
      );
      const report = new SourceReport();
      const claims = JSON.parse(keys.unseal('claimed_system.cases', system.casesSealed)) as KeptClaim[];
      for (const { caseNumber, kle } of claims.filter((each) => !known.has(withoutBlanks(each.caseNumber ?? ''))))
        report.gap({
          kind: 'forbidden',
          // Case numbers hold CPR numbers in some systems: what tells the gaps apart is a keyed hash.
          sourceCaseId: `index:${keys
            .identity(`case ${caseNumber ?? kle ?? ''}`)
            .toString('hex')
            .slice(0, 16)}`,
          sentence: `Sagsindekset (SF1470) kender en sag i systemet${kle ? ` med KLE-emne ${kle}` : ''}, som søgningen ikke viste. Systemkontoen har måske ikke adgang til den.`,
        });
      await report.store(entities, run, this.clock.now());
    }
  }
}

function withoutBlanks(number: string): string {
  return number.replace(/\s/g, '').toLowerCase();
}
