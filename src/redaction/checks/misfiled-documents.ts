import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DocumentRow } from '../../gathering/document.entity';
import { Staff } from '../../identity/staff.entity';
import { Clock } from '../../platform/clock';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Refusal } from '../../requests/refusal';
import type { AccessRequest } from '../../requests/request.entity';
import { DocumentReview } from '../document-review';
import { ReviewDesk } from '../review-desk';

export type MisfilingAnswerKind = 'belongs' | 'elsewhere' | 'asked';

/** What somebody has answered about a document that seems to be on the wrong citizen. */
export interface MisfilingAnswer {
  documentId: string;
  answer: MisfilingAnswerKind;
  words: string;
  askedStaffId: string | null;
  answeredBy: string;
  at: Date;
}

const SHORTEST_REASON = 10;

/** The three ways out of a document that seems to belong to somebody else: it does, it does not, or a colleague is asked. */
@Injectable()
export class MisfiledDocuments {
  constructor(
    private readonly desk: ReviewDesk,
    private readonly documents: DocumentReview,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** Outside the request, and the assessment of a breach is started with the department that owns the case. */
  async belongsElsewhere(
    entities: EntityManager,
    requestId: string,
    documentId: string,
    staffId: string,
  ): Promise<void> {
    await this.documents.setOutside(entities, requestId, documentId, staffId);
    const request = await this.desk.inReview(entities, requestId);
    await this.store(entities, request, { documentId, answer: 'elsewhere', words: '', askedStaffId: null, staffId });
  }

  async belongsHere(
    entities: EntityManager,
    requestId: string,
    documentId: string,
    staffId: string,
    reason: string,
  ): Promise<void> {
    if (reason.trim().length < SHORTEST_REASON)
      throw new Refusal('reason-missing', 'Skriv, hvordan du ved, at dokumentet hører til borgeren.');
    await this.documents.confirmBelongs(entities, requestId, documentId, staffId);
    const request = await this.desk.inReview(entities, requestId);
    await this.store(entities, request, { documentId, answer: 'belongs', words: reason, askedStaffId: null, staffId });
  }

  /** The finding stays open: the review cannot be closed before somebody has answered. */
  async ask(
    entities: EntityManager,
    requestId: string,
    documentId: string,
    staffId: string,
    question: { colleagueId: string; words: string },
  ): Promise<void> {
    const request = await this.desk.inReview(entities, requestId);
    await entities.findOneByOrFail(DocumentRow, { id: documentId, requestId });
    const isChosen = question.colleagueId !== '';
    const colleague = isChosen ? await entities.findOneBy(Staff, { id: question.colleagueId }) : null;
    if (!colleague || colleague.id === staffId)
      throw new Refusal('colleague-missing', 'Vælg den kollega, som skal se på dokumentet.');
    const { words, colleagueId: askedStaffId } = question;
    await this.store(entities, request, { documentId, answer: 'asked', words, askedStaffId, staffId });
    const reason = 'A caseworker asked a colleague whether a document belongs to the citizen.';
    await this.desk.note(entities, request, staffId, 'review.ask', reason, 1, documentId);
  }

  /** The latest first. */
  async answersOf(entities: EntityManager, request: AccessRequest): Promise<MisfilingAnswer[]> {
    const keys = await this.keyRing.of(request.authorityId);
    const rows: {
      document_id: string;
      answer: MisfilingAnswerKind;
      words_sealed: Buffer | null;
      asked_staff_id: string | null;
      answered_by: string;
      answered_at: Date;
    }[] = await entities.query('select * from misfiling_answer where request_id = $1 order by answered_at desc, id', [
      request.id,
    ]);
    return rows.map((row) => ({
      documentId: row.document_id,
      answer: row.answer,
      words: row.words_sealed ? keys.unseal('misfiling_answer.words', row.words_sealed) : '',
      askedStaffId: row.asked_staff_id,
      answeredBy: row.answered_by,
      at: row.answered_at,
    }));
  }

  private async store(
    entities: EntityManager,
    request: AccessRequest,
    said: {
      documentId: string;
      answer: MisfilingAnswerKind;
      words: string;
      askedStaffId: string | null;
      staffId: string;
    },
  ): Promise<void> {
    const keys = await this.keyRing.of(request.authorityId);
    const sealed = said.words.trim() === '' ? null : keys.seal('misfiling_answer.words', said.words.trim());
    await entities.query(
      `insert into misfiling_answer (authority_id, request_id, document_id, answer, words_sealed, asked_staff_id, answered_by, answered_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        request.authorityId,
        request.id,
        said.documentId,
        said.answer,
        sealed,
        said.askedStaffId,
        said.staffId,
        this.clock.now(),
      ],
    );
  }
}
