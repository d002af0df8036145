import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DocumentRow } from '../gathering/document.entity';
import { RecordsCaseRow } from '../gathering/records-case.entity';
import type { LegalBasis } from '../law';
import { Clock } from '../platform/clock';
import { KeyRing } from '../platform/keys/authority-keys';
import { Refusal } from '../requests/refusal';
import { Breaches } from './checks/breaches';
import { requireGround } from './required-ground';
import { ReviewDesk } from './review-desk';

/** A document that is not withheld has no ground, and no reason, for it. */
const NOT_WITHHELD = { withheldGround: null, withheldBasis: null, withheldReasonSealed: null } as const;

/** What a caseworker decides on whole documents and cases. */
@Injectable()
export class DocumentReview {
  constructor(
    private readonly desk: ReviewDesk,
    private readonly breaches: Breaches,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** Withholds a whole document. The reason goes into the letter, so it may not tell what is withheld. */
  async withhold(
    entities: EntityManager,
    requestId: string,
    documentId: string,
    staffId: string,
    groundId: string,
    reason: string,
  ): Promise<void> {
    const request = await this.desk.inReview(entities, requestId);
    const document = await entities.findOneByOrFail(DocumentRow, { id: documentId, requestId });
    const recordsCase = await entities.findOneByOrFail(RecordsCaseRow, { id: document.recordsCaseId });
    requireGround(recordsCase.basis, groundId);
    if (reason.trim().length < 10)
      throw new Refusal(
        'reason-missing',
        'Skriv hovedhensynet bag, at hele dokumentet udelades. Det kommer med i afgørelsen.',
      );
    const keys = await this.keyRing.of(request.authorityId);
    await entities.update(
      DocumentRow,
      { id: documentId },
      {
        outcome: 'withheld',
        withheldGround: groundId,
        withheldBasis: recordsCase.basis,
        withheldReasonSealed: keys.seal('document.withheld_reason', reason.trim()),
        decidedBy: staffId,
        decidedAt: this.clock.now(),
      },
    );
    await this.desk.note(
      entities,
      request,
      staffId,
      'review.withhold',
      'A caseworker withheld a whole document.',
      1,
      documentId,
    );
  }

  /** The document is not covered by the request. One that lies on the wrong citizen starts the assessment of a breach. */
  async setOutside(entities: EntityManager, requestId: string, documentId: string, staffId: string): Promise<void> {
    const request = await this.desk.inReview(entities, requestId);
    const document = await entities.findOneByOrFail(DocumentRow, { id: documentId, requestId });
    if (document.finding !== null) await this.breaches.start(entities, document, staffId);
    await entities.update(
      DocumentRow,
      { id: documentId, requestId },
      {
        outcome: 'outside',
        ...NOT_WITHHELD,
        decidedBy: staffId,
        decidedAt: this.clock.now(),
      },
    );
    await this.desk.note(
      entities,
      request,
      staffId,
      'review.outside',
      'A caseworker decided that a document is not covered by the request.',
      1,
      documentId,
    );
  }

  async reopenDocument(entities: EntityManager, requestId: string, documentId: string, staffId: string): Promise<void> {
    const request = await this.desk.inReview(entities, requestId);
    const document = await entities.findOneByOrFail(DocumentRow, { id: documentId, requestId });
    if (await entities.existsBy(RecordsCaseRow, { id: document.recordsCaseId, existence: 'protected' }))
      throw new Refusal(
        'existence-protected',
        'Dokumentet hører til en sag, som borgeren ikke må kende. Ophæv det på sagen, hvis dokumentet skal med.',
      );
    await entities.update(
      DocumentRow,
      { id: documentId, requestId },
      {
        outcome: 'open',
        ...NOT_WITHHELD,
        decidedBy: null,
        decidedAt: null,
      },
    );
    await this.desk.note(
      entities,
      request,
      staffId,
      'review.reopen',
      'A caseworker opened a document for review again.',
      1,
      documentId,
    );
  }

  /** The caseworker has looked into a finding and knows that the document belongs to the citizen. */
  async confirmBelongs(entities: EntityManager, requestId: string, documentId: string, staffId: string): Promise<void> {
    const request = await this.desk.inReview(entities, requestId);
    await entities.update(DocumentRow, { id: documentId, requestId }, { finding: null });
    await this.desk.note(
      entities,
      request,
      staffId,
      'review.belongs',
      'A caseworker confirmed that a document belongs to the citizen.',
      1,
      documentId,
    );
  }

  /** Which rules a case is judged by. What was decided under others is decided anew. */
  async chooseBasis(
    entities: EntityManager,
    requestId: string,
    recordsCaseId: string,
    basis: LegalBasis,
    staffId: string,
  ): Promise<void> {
    const request = await this.desk.inReview(entities, requestId);
    await entities.update(RecordsCaseRow, { id: recordsCaseId, requestId }, { basis });
    // Grounds that were chosen under the old basis may not fit the new one: those passages and documents are decided anew.
    await entities.query(
      `delete from redaction r using file f, document d where r.request_id = $1 and f.id = r.file_id and d.id = f.document_id and d.records_case_id = $2 and r.basis <> $3`,
      [requestId, recordsCaseId, basis],
    );
    await entities.query(
      `update document set outcome = 'open', withheld_ground = null, withheld_basis = null, withheld_reason_sealed = null, decided_by = null, decided_at = null
       where request_id = $1 and records_case_id = $2 and outcome = 'withheld' and withheld_basis <> $3`,
      [requestId, recordsCaseId, basis],
    );
    await this.desk.note(
      entities,
      request,
      staffId,
      'review.basis',
      `A caseworker chose ${basis} for a case.`,
      1,
      recordsCaseId,
    );
  }
}
