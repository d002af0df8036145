import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, type Actor } from '../platform/audit-log/audit-log';
import type { AccessRequest } from '../requests/request.entity';
import { requestInReview } from '../requests/request-in-review';

/** What every act of review begins and ends with: a request that is in review, locked, and an entry in the audit log. */
@Injectable()
export class ReviewDesk {
  constructor(private readonly audit: AuditLog) {}

  inReview(entities: EntityManager, requestId: string): Promise<AccessRequest> {
    return requestInReview(entities, requestId);
  }

  note(
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
