import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DocumentRow } from '../gathering/document.entity';
import { numberDocuments } from '../gathering/number-documents';
import { RecordsCaseRow } from '../gathering/records-case.entity';
import type { StaffRole } from '../identity/staff.entity';
import { Clock } from '../platform/clock';
import { Authority } from '../platform/database/authority.entity';
import { Refusal } from '../requests/refusal';
import type { AccessRequest } from '../requests/request.entity';
import { applyNumbers } from './propose-request';
import { ReviewDesk } from './review-desk';
import type { CaseSigns } from './signs-of-cases';

const SHORTEST_REASON = 10;
const HIDDEN_SUBJECT = 'Sagens emne er et af dem, som kommunen har sat til at være skjult.';
const HIDDEN_BEFORE = 'En medarbejder har skjult sagen i en tidligere anmodning.';

/**
 * Cases whose mere existence is protected: a control case, a fresh notification, a planned removal of a child, the police.
 * Such a case is in nothing that the citizen gets: its documents are given nowhere, numbers have no gap where they were,
 * and no sum counts them. Taken off again by one who approves only.
 */
@Injectable()
export class ProtectedExistence {
  constructor(
    private readonly desk: ReviewDesk,
    private readonly clock: Clock,
  ) {}

  /**
   * Proposes the flag: by the subjects that the authority has named, by what was decided in an earlier request, and by signs
   * in the documents. An employee decides before the review can be closed.
   */
  async propose(entities: EntityManager, request: AccessRequest, signs: CaseSigns[]): Promise<void> {
    const authority = await entities.findOneByOrFail(Authority, { id: request.authorityId });
    const hidden = authority.settings.hiddenKle ?? [];
    const before = await hiddenBefore(entities, request.id);
    const said = new Map(signs.map(({ recordsCaseId, reasons }) => [recordsCaseId, reasons]));
    const cases = await entities.findBy(RecordsCaseRow, { requestId: request.id, existence: 'open' });
    for (const { id, kle } of cases.filter(({ existenceAt }) => existenceAt === null)) {
      const reasons = [
        ...(hidden.some((prefix) => kle?.startsWith(prefix)) ? [HIDDEN_SUBJECT] : []),
        ...(before.has(id) ? [HIDDEN_BEFORE] : []),
        ...(said.get(id) ?? []),
      ];
      if (reasons.length > 0)
        await entities.update(RecordsCaseRow, { id }, { existence: 'proposed', existenceReason: reasons.join(' ') });
    }
  }

  /** From now on the case does not exist for the citizen. */
  async protect(
    entities: EntityManager,
    requestId: string,
    caseId: string,
    staffId: string,
    reason: string,
  ): Promise<void> {
    const request = await this.desk.inReview(entities, requestId);
    if (reason.trim().length < SHORTEST_REASON)
      throw new Refusal(
        'reason-missing',
        'Skriv, hvorfor borgeren ikke må vide, at sagen findes. Begrundelsen bliver i kommunen.',
      );
    await this.mark(entities, caseId, requestId, staffId, 'protected', reason.trim());
    await entities.query(
      `update document set outcome = 'outside', withheld_ground = null, withheld_basis = null, withheld_reason_sealed = null,
              decided_by = $3, decided_at = $4 where request_id = $1 and records_case_id = $2`,
      [requestId, caseId, staffId, this.clock.now()],
    );
    // What is a copy of something that is not there any more is an original.
    await entities.query(
      `update document d set outcome = 'open', duplicate_of = null from document o
       where d.request_id = $1 and d.outcome = 'duplicate' and o.id = d.duplicate_of and o.records_case_id = $2 and d.records_case_id <> $2`,
      [requestId, caseId],
    );
    await applyNumbers(entities, await numberDocuments(entities, requestId));
    await this.desk.note(entities, request, staffId, 'case.protect', 'A case was hidden from the citizen.', 1, caseId);
  }

  /** The citizen may know of the case: a proposal is turned down, or a protection that was decided is taken off. */
  async open(
    entities: EntityManager,
    requestId: string,
    caseId: string,
    { staffId, roles }: { staffId: string; roles: readonly StaffRole[] },
  ): Promise<void> {
    const request = await this.desk.inReview(entities, requestId);
    const found = await entities.findOneByOrFail(RecordsCaseRow, { id: caseId, requestId });
    if (found.existence === 'protected' && !roles.includes('godkender'))
      throw new Refusal('approver-needed', 'Kun en medarbejder, der kan godkende, kan ophæve, at sagen er skjult.');
    if (found.heldForJurist)
      throw new Refusal('jurist-needed', 'En jurist skal først afgøre, om sagen er borgerens. Intet i den er hentet.');
    await this.mark(entities, caseId, requestId, staffId, 'open', null);
    if (found.existence === 'protected')
      await entities.update(
        DocumentRow,
        { requestId, recordsCaseId: caseId, outcome: 'outside' },
        { outcome: 'open', decidedBy: null, decidedAt: null },
      );
    await applyNumbers(entities, await numberDocuments(entities, requestId));
    await this.desk.note(entities, request, staffId, 'case.open', 'A case may be known to the citizen.', 1, caseId);
  }

  private async mark(
    entities: EntityManager,
    caseId: string,
    requestId: string,
    staffId: string,
    existence: RecordsCaseRow['existence'],
    existenceReason: string | null,
  ): Promise<void> {
    const by = { existenceBy: staffId, existenceAt: this.clock.now() };
    await entities.update(RecordsCaseRow, { id: caseId, requestId }, { existence, existenceReason, ...by });
  }
}

/** Cases of the request that somebody has hidden in another one: the same case of the same source. */
async function hiddenBefore(entities: EntityManager, requestId: string): Promise<Set<string>> {
  const rows: { id: string }[] = await entities.query(
    `select c.id from records_case c join source_run r on r.id = c.source_run_id
     where c.request_id = $1 and exists (
       select 1 from records_case o join source_run s on s.id = o.source_run_id
       where o.request_id <> $1 and o.existence = 'protected' and s.source_id = r.source_id and o.source_case_id = c.source_case_id)`,
    [requestId],
  );
  return new Set(rows.map(({ id }) => id));
}
