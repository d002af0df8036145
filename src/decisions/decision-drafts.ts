import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock';
import { KeyRing } from '../platform/keys/authority-keys';
import type { AccessRequest } from '../requests/request.entity';
import type { Considerations } from './close-review';
import { DecisionDraft } from './decision-draft.entity';
import { Decision } from './decision.entity';

/** Keeps what a caseworker writes, from one day to the next and from one round of review to the next. */
@Injectable()
export class DecisionDrafts {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  async save(entities: EntityManager, request: AccessRequest, staffId: string, words: Considerations): Promise<void> {
    const keys = await this.keyRing.of(request.authorityId);
    await entities.query(
      `insert into decision_draft (request_id, authority_id, considerations_sealed, saved_by, saved_at) values ($1, $2, $3, $4, $5)
       on conflict (request_id) do update set considerations_sealed = excluded.considerations_sealed,
         saved_by = excluded.saved_by, saved_at = excluded.saved_at`,
      [
        request.id,
        request.authorityId,
        keys.seal('decision.considerations', JSON.stringify(words)),
        staffId,
        this.clock.now(),
      ],
    );
  }

  /** What was saved last; empty when nothing was. */
  async of(entities: EntityManager, request: AccessRequest): Promise<Considerations> {
    const draft = await entities.findOneBy(DecisionDraft, { requestId: request.id });
    if (!draft) return {};
    const keys = await this.keyRing.of(request.authorityId);
    return JSON.parse(keys.unseal('decision.considerations', draft.considerationsSealed)) as Considerations;
  }

  /** The decision as it would be if the review were closed now with these words. It is stored nowhere. */
  async asDecision(request: AccessRequest, staffId: string, words: Considerations): Promise<Decision> {
    const keys = await this.keyRing.of(request.authorityId);
    const decision = new Decision();
    return Object.assign(decision, {
      authorityId: request.authorityId,
      requestId: request.id,
      round: request.reviewRound,
      state: 'reviewed' as const,
      reviewedBy: staffId,
      reviewedAt: this.clock.now(),
      considerationsSealed: keys.seal('decision.considerations', JSON.stringify(words)),
      needsSecondPerson: false,
    });
  }
}
