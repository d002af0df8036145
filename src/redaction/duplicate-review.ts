import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DocumentRow } from '../gathering/document.entity';
import { DocumentRelationRow, type RelationState } from '../gathering/duplicates/document-relation.entity';
import { RecordsCaseRow } from '../gathering/records-case.entity';
import { Clock } from '../platform/clock';
import { Refusal } from '../requests/refusal';
import { ReviewDesk } from './review-desk';

/** What a caseworker decides on documents that are the same, or nearly the same. */
@Injectable()
export class DuplicateReview {
  constructor(
    private readonly desk: ReviewDesk,
    private readonly clock: Clock,
  ) {}

  /** One decision for both: the copy stands in the aktliste with the number of the document that stands for it. */
  async putTogether(entities: EntityManager, requestId: string, relationId: string, staffId: string): Promise<void> {
    const request = await this.desk.inReview(entities, requestId);
    const relation = await entities.findOneByOrFail(DocumentRelationRow, { id: relationId, requestId });
    const copy = await entities.findOneByOrFail(DocumentRow, { id: relation.documentId });
    const standing = await entities.findOneByOrFail(DocumentRow, { id: relation.relatedTo });
    await this.requireOneDecision(entities, copy, standing);
    await this.decide(entities, relation, 'together', staffId);
    await entities.update(DocumentRow, { id: copy.id }, { outcome: 'duplicate', duplicateOf: standing.id });
    const reason = 'A caseworker put two documents together that are the same.';
    await this.desk.note(entities, request, staffId, 'review.duplicate', reason, 1, copy.id);
  }

  /** The document is decided on its own. What stood under it goes on standing where it stands. */
  async takeApart(entities: EntityManager, requestId: string, relationId: string, staffId: string): Promise<void> {
    const request = await this.desk.inReview(entities, requestId);
    const relation = await entities.findOneByOrFail(DocumentRelationRow, { id: relationId, requestId });
    await this.decide(entities, relation, 'apart', staffId);
    await entities.update(
      DocumentRow,
      { id: relation.documentId, outcome: 'duplicate' },
      { outcome: 'open', duplicateOf: null },
    );
    const reason = 'A caseworker decides on a document that is like another one on its own.';
    await this.desk.note(entities, request, staffId, 'review.not-duplicate', reason, 1, relation.documentId);
  }

  private async requireOneDecision(entities: EntityManager, copy: DocumentRow, standing: DocumentRow): Promise<void> {
    const isUnderThis = await entities.existsBy(DocumentRow, { duplicateOf: copy.id, outcome: 'duplicate' });
    if (standing.outcome === 'duplicate' || isUnderThis)
      throw new Refusal(
        'duplicate-of-duplicate',
        'Et af de to dokumenter er allerede slået sammen med et tredje. Skil dem ad først, eller slå dette sammen med det tredje.',
      );
    if (copy.outcome === 'withheld' || copy.outcome === 'outside')
      throw new Refusal(
        'already-decided',
        'Der er allerede truffet en beslutning om hele dokumentet. Fortryd den, hvis de to dokumenter skal have én beslutning.',
      );
    const cases = await entities.findBy(RecordsCaseRow, [{ id: copy.recordsCaseId }, { id: standing.recordsCaseId }]);
    const [one, other = one] = cases;
    if (one.basis !== other.basis || one.existence !== other.existence)
      throw new Refusal(
        'other-rules',
        'De to dokumenter ligger på sager med forskellige regler. Tag stilling til dem hver for sig.',
      );
  }

  private async decide(
    entities: EntityManager,
    relation: DocumentRelationRow,
    state: RelationState,
    staffId: string,
  ): Promise<void> {
    await entities.update(
      DocumentRelationRow,
      { id: relation.id },
      { state, decidedBy: staffId, decidedAt: this.clock.now() },
    );
  }
}
