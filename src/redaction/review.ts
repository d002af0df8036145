import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { Box } from '../contracts';
import { DocumentRow } from '../gathering/document.entity';
import { FileRow } from '../gathering/file.entity';
import { PageRow } from '../gathering/page.entity';
import { RecordsCaseRow } from '../gathering/records-case.entity';
import { fits, type LegalBasis } from '../law';
import { AuditLog, type Actor } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { KeyRing } from '../platform/keys/authority-keys';
import { Refusal } from '../requests/refusal';
import { AccessRequest } from '../requests/request.entity';
import { proposedGround } from './proposed-ground';
import { Proposal } from './proposal.entity';
import { Redaction } from './redaction.entity';

export interface PassageDecision {
  decision: 'remove' | 'keep';
  /** Needed to remove; when absent the ground that was chosen beforehand is used. */
  groundId?: string;
}

/** What a caseworker decides on a request in review. Every act is in the audit log, with the number of passages. */
@Injectable()
export class Review {
  constructor(
    private readonly audit: AuditLog,
    private readonly keyRing: KeyRing,
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
    const request = await this.inReview(entities, requestId);
    const proposals = await entities.findBy(Proposal, { id: In(proposalIds), requestId });
    const bases = await this.basesOf(
      entities,
      proposals.map((proposal) => proposal.fileId),
    );
    const rows = proposals.map((proposal) =>
      this.row(request, proposal, bases.get(proposal.fileId) ?? request.basis, staffId, passage),
    );
    await this.replace(entities, rows);
    await this.note(
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
    const request = await this.inReview(entities, requestId);
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
    await this.note(entities, request, staffId, 'review.draw', 'A caseworker drew a box.', boxes.length);
  }

  /** Takes a decision back; the proposal is open again. */
  async undo(entities: EntityManager, requestId: string, redactionIds: string[], staffId: string): Promise<void> {
    const request = await this.inReview(entities, requestId);
    await entities.delete(Redaction, { id: In(redactionIds), requestId });
    await this.note(
      entities,
      request,
      staffId,
      'review.undo',
      'A caseworker took decisions back.',
      redactionIds.length,
    );
  }

  /** Withholds a whole document. The reason goes into the letter, so it may not tell what is withheld. */
  async withhold(
    entities: EntityManager,
    requestId: string,
    documentId: string,
    staffId: string,
    groundId: string,
    reason: string,
  ): Promise<void> {
    const request = await this.inReview(entities, requestId);
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
    await this.note(
      entities,
      request,
      staffId,
      'review.withhold',
      'A caseworker withheld a whole document.',
      1,
      documentId,
    );
  }

  /** The document is not covered by the request, for instance filed on the wrong citizen. */
  async setOutside(entities: EntityManager, requestId: string, documentId: string, staffId: string): Promise<void> {
    const request = await this.inReview(entities, requestId);
    await entities.update(
      DocumentRow,
      { id: documentId, requestId },
      {
        outcome: 'outside',
        withheldGround: null,
        withheldBasis: null,
        withheldReasonSealed: null,
        decidedBy: staffId,
        decidedAt: this.clock.now(),
      },
    );
    await this.note(
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
    const request = await this.inReview(entities, requestId);
    await entities.update(
      DocumentRow,
      { id: documentId, requestId },
      {
        outcome: 'open',
        withheldGround: null,
        withheldBasis: null,
        withheldReasonSealed: null,
        decidedBy: null,
        decidedAt: null,
      },
    );
    await this.note(
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
    const request = await this.inReview(entities, requestId);
    await entities.update(DocumentRow, { id: documentId, requestId }, { finding: null });
    await this.note(
      entities,
      request,
      staffId,
      'review.belongs',
      'A caseworker confirmed that a document belongs to the citizen.',
      1,
      documentId,
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
    await entities.update(PageRow, { requestId, fileId, number: page }, { seenBy: staffId, seenAt: this.clock.now() });
  }

  async chooseBasis(
    entities: EntityManager,
    requestId: string,
    recordsCaseId: string,
    basis: LegalBasis,
    staffId: string,
  ): Promise<void> {
    const request = await this.inReview(entities, requestId);
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
    await this.note(
      entities,
      request,
      staffId,
      'review.basis',
      `A caseworker chose ${basis} for a case.`,
      1,
      recordsCaseId,
    );
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

  private async inReview(entities: EntityManager, requestId: string): Promise<AccessRequest> {
    const request = await entities.findOneOrFail(AccessRequest, {
      where: { id: requestId },
      lock: { mode: 'pessimistic_write' },
    });
    if (request.state !== 'review') {
      throw new Refusal(
        'not-in-review',
        `Anmodning ${request.number} er ikke til gennemgang nu. Åbn den igen til gennemgang, hvis noget skal ændres.`,
      );
    }
    return request;
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

  private note(
    entities: EntityManager,
    request: AccessRequest,
    staffId: string,
    action: string,
    reason: string,
    count: number,
    documentId?: string,
  ): Promise<void> {
    const actor: Actor = { kind: 'staff', id: staffId };
    const subject = documentId ? { kind: 'document', id: documentId } : { kind: 'request', id: request.id };
    return this.audit.write(entities, request.authorityId, {
      actor,
      action,
      subject,
      requestId: request.id,
      reason,
      details: { count },
    });
  }
}

function requireGround(basis: LegalBasis, groundId: string | null): string {
  if (groundId === null)
    throw new Refusal(
      'ground-missing',
      'Vælg en bestemmelse. For dette retsgrundlag er der ingen, som passer af sig selv.',
    );
  if (!fits(groundId, basis))
    throw new Refusal(
      'ground-does-not-fit',
      'Bestemmelsen kan ikke bruges på dette retsgrundlag. Vælg en af dem, som siden viser.',
    );
  return groundId;
}
