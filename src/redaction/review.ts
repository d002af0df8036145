import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { Box } from '../contracts';
import { DocumentRow } from '../gathering/document.entity';
import { FileRow } from '../gathering/file.entity';
import { PageRow } from '../gathering/page.entity';
import type { LegalBasis } from '../law';
import { Clock } from '../platform/clock';
import { Refusal } from '../requests/refusal';
import type { AccessRequest } from '../requests/request.entity';
import { proposedGround } from './proposed-ground';
import { Proposal } from './proposal.entity';
import { Redaction } from './redaction.entity';
import { requireGround } from './required-ground';
import { ReviewDesk } from './review-desk';

export interface PassageDecision {
  decision: 'remove' | 'keep';
  /** Needed to remove; when absent the ground that was chosen beforehand is used. */
  groundId?: string;
}

/** What a caseworker decides on passages and pages. Every act is in the audit log, with the number of passages. */
@Injectable()
export class Review {
  constructor(
    private readonly desk: ReviewDesk,
    private readonly clock: Clock,
  ) {}

  /** Decides proposals, or decides them anew. */
  async decide(
    entities: EntityManager,
    requestId: string,
    proposalIds: string[],
    staffId: string,
    passage: PassageDecision,
  ): Promise<number> {
    const request = await this.desk.inReview(entities, requestId);
    const proposals = await entities.findBy(Proposal, { id: In(proposalIds), requestId });
    const bases = await this.basesOf(
      entities,
      proposals.map((proposal) => proposal.fileId),
    );
    const rows = proposals.map((proposal) =>
      this.row(request, proposal, bases.get(proposal.fileId) ?? request.basis, staffId, passage),
    );
    await this.replace(entities, rows);
    await this.desk.note(
      entities,
      request,
      staffId,
      `review.${passage.decision}`,
      `A caseworker decided ${rows.length} passages.`,
      rows.length,
    );
    return rows.length;
  }

  /** Follows every proposal that is still open in a document, or in the whole request: what is proposed to go, goes; the rest stays. */
  async followProposals(
    entities: EntityManager,
    requestId: string,
    staffId: string,
    documentId?: string,
  ): Promise<number> {
    const open = await this.openProposals(entities, requestId, documentId);
    const removed = await this.decide(
      entities,
      requestId,
      open.filter((each) => each.redact).map((each) => each.id),
      staffId,
      { decision: 'remove' },
    );
    const kept = await this.decide(
      entities,
      requestId,
      open.filter((each) => !each.redact).map((each) => each.id),
      staffId,
      { decision: 'keep' },
    );
    return removed + kept;
  }

  /** A box that a person drew, or found by its text; a kind whose role is sensitive needs a second person. */
  async draw(
    entities: EntityManager,
    requestId: string,
    fileId: string,
    page: number,
    boxes: Box[],
    staffId: string,
    groundId?: string,
    kind: { type: string; role: string } = { type: 'DRAWN', role: '' },
  ): Promise<void> {
    const request = await this.desk.inReview(entities, requestId);
    const file = await entities.findOneBy(FileRow, { id: fileId, requestId });
    if (!file || page < 0 || page >= (file.pages ?? 0))
      throw new Refusal('no-such-page', 'Siden findes ikke i anmodningen. Opdater siden, og prøv igen.');
    const basis = (await this.basesOf(entities, [fileId])).get(fileId) ?? request.basis;
    const ground = requireGround(basis, groundId ?? proposedGround(basis, kind.role || 'third'));
    await entities.insert(Redaction, {
      authorityId: request.authorityId,
      requestId,
      fileId,
      proposalId: null,
      page,
      boxes,
      decision: 'remove',
      type: kind.type,
      partyKey: null,
      role: kind.role,
      groundId: ground,
      basis,
      decidedBy: staffId,
      decidedAt: this.clock.now(),
    });
    await this.desk.note(entities, request, staffId, 'review.draw', 'A caseworker drew a box.', boxes.length);
  }

  /** Takes a decision back; the proposal is open again. */
  async undo(entities: EntityManager, requestId: string, redactionIds: string[], staffId: string): Promise<void> {
    const request = await this.desk.inReview(entities, requestId);
    await entities.delete(Redaction, { id: In(redactionIds), requestId });
    await this.desk.note(
      entities,
      request,
      staffId,
      'review.undo',
      'A caseworker took decisions back.',
      redactionIds.length,
    );
  }

  /** The page was shown whole; for a page that no machine read this is the only reading it gets. */
  async markSeen(
    entities: EntityManager,
    requestId: string,
    fileId: string,
    page: number,
    staffId: string,
  ): Promise<void> {
    const request = await this.desk.inReview(entities, requestId);
    await entities.update(PageRow, { requestId, fileId, number: page }, { seenBy: staffId, seenAt: this.clock.now() });
    await this.desk.note(entities, request, staffId, 'review.seen', 'A caseworker has seen a whole page.', 1);
  }

  /** Proposals without a decision, in documents that are still to be given. */
  async openProposals(entities: EntityManager, requestId: string, documentId?: string): Promise<Proposal[]> {
    const query = entities
      .createQueryBuilder(Proposal, 'p')
      .innerJoin(FileRow, 'f', 'f.id = p.file_id')
      .innerJoin(DocumentRow, 'd', 'd.id = f.document_id')
      .leftJoin(Redaction, 'r', 'r.proposal_id = p.id')
      .where('p.request_id = :requestId and r.id is null', { requestId })
      .andWhere(`d.outcome not in ('withheld', 'outside', 'duplicate')`);
    if (documentId) query.andWhere('d.id = :documentId', { documentId });
    return query.orderBy('p.fileId').addOrderBy('p.page').addOrderBy('p.spanStart').getMany();
  }

  private row(
    request: AccessRequest,
    proposal: Proposal,
    basis: LegalBasis,
    staffId: string,
    passage: PassageDecision,
  ): Partial<Redaction> {
    const { requestId, fileId, page, boxes, type, partyKey, role } = proposal;
    const groundId =
      passage.decision === 'remove' ? requireGround(basis, passage.groundId ?? proposedGround(basis, role)) : null;
    return {
      authorityId: request.authorityId,
      requestId,
      fileId,
      proposalId: proposal.id,
      page,
      boxes,
      type,
      partyKey,
      role,
      basis,
      groundId,
      decision: passage.decision,
      decidedBy: staffId,
      decidedAt: this.clock.now(),
    };
  }

  private async replace(entities: EntityManager, rows: Partial<Redaction>[]): Promise<void> {
    for (let from = 0; from < rows.length; from += 500) {
      const some = rows.slice(from, from + 500);
      await entities.delete(Redaction, { proposalId: In(some.map((row) => row.proposalId as string)) });
      await entities.insert(Redaction, some as Redaction[]);
    }
  }

  private async basesOf(entities: EntityManager, fileIds: string[]): Promise<Map<string, LegalBasis>> {
    if (fileIds.length === 0) return new Map();
    const rows: { id: string; basis: LegalBasis }[] = await entities.query(
      `select f.id, c.basis from file f join document d on d.id = f.document_id join records_case c on c.id = d.records_case_id where f.id = any ($1)`,
      [[...new Set(fileIds)]],
    );
    return new Map(rows.map((row) => [row.id, row.basis]));
  }
}
