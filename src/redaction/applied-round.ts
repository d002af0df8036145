import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LeakReport } from '../contracts';
import { DocumentRow } from '../gathering/document.entity';
import { readingOf } from '../gathering/file-reading';
import { FileRow } from '../gathering/file.entity';
import { AuditLog, THE_SYSTEM } from '../platform/audit-log/audit-log';
import { Outbox } from '../platform/outbox/outbox';
import { Vault } from '../platform/vault/vault';
import { gateSentence } from './gate-sentence';
import { AccessRequest } from '../requests/request.entity';
import { Transitions } from '../requests/transitions';

/** What follows when every file of a round was redacted: assembly, or a stop that names the page. */
@Injectable()
export class AppliedRound {
  constructor(
    private readonly outbox: Outbox,
    private readonly transitions: Transitions,
    private readonly audit: AuditLog,
    private readonly vault: Vault,
  ) {}

  /** The files that this round must redact: readable, in documents that are given. */
  filesOf(entities: EntityManager, requestId: string): Promise<FileRow[]> {
    return entities
      .createQueryBuilder(FileRow, 'f')
      .innerJoin(DocumentRow, 'd', 'd.id = f.document_id')
      .where(
        `f.request_id = :requestId and f.state = 'converted' and d.outcome not in ('withheld', 'outside', 'duplicate')`,
        { requestId },
      )
      .orderBy('d.position')
      .addOrderBy('f.position')
      .getMany();
  }

  /** The caller holds the request's row lock. */
  async continueWhenApplied(entities: EntityManager, request: AccessRequest): Promise<void> {
    const files = await this.filesOf(entities, request.id);
    if (files.some((file) => file.redactedRound !== request.reviewRound)) return;
    const failed = files.find((file) => file.gateVerdict !== 'pass');
    if (failed) return this.stop(entities, request, await this.sentenceOf(entities, failed), failed.id);
    await this.transitions.move(entities, request.id, 'assembling', THE_SYSTEM, 'Every file passed the gate.');
    const [decision]: { id: string }[] = await entities.query(
      `select id from decision where request_id = $1 and round = $2 and state = 'reviewed'`,
      [request.id, request.reviewRound],
    );
    await this.outbox.announce(entities, request.authorityId, 'assemble.decision', decision.id);
  }

  /** Nothing leaves; staff are told where, never what. */
  async stop(entities: EntityManager, request: AccessRequest, sentence: string, subjectId: string): Promise<void> {
    await this.transitions.move(entities, request.id, 'stopped', THE_SYSTEM, 'The gate stopped the request.');
    await entities.update(AccessRequest, { id: request.id }, { attention: sentence });
    await this.audit.write(entities, request.authorityId, {
      actor: THE_SYSTEM,
      action: 'gate.stop',
      subject: { kind: 'file', id: subjectId },
      requestId: request.id,
      reason: 'A check found something that may not leave.',
    });
  }

  private async sentenceOf(entities: EntityManager, file: FileRow): Promise<string> {
    const document = await entities.findOneByOrFail(DocumentRow, { id: file.documentId });
    const report = await this.vault.readJson<LeakReport>(
      file.authorityId,
      file.gateKey as string,
      readingOf(file, 'The report of the gate is told to staff.'),
    );
    return gateSentence(report, `dokument ${document.position}`);
  }
}
