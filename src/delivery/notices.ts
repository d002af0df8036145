import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Outbox } from '../platform/outbox/outbox';
import { AccessRequest } from '../requests/request.entity';
import { NoticeMailRow } from './notice-mail.entity';

/** Announces a notice to the citizen who gave an address for it. The mail's id is stored before the first attempt. */
@Injectable()
export class Notices {
  constructor(private readonly outbox: Outbox) {}

  async announce(entities: EntityManager, request: AccessRequest, kind: NoticeMailRow['kind']): Promise<void> {
    if (request.noticeEmailSealed === null) return;
    const row = await entities.save(
      entities.create(NoticeMailRow, {
        authorityId: request.authorityId,
        requestId: request.id,
        kind,
        messageId: `<${randomUUID()}@aktindsigt>`,
        state: 'pending' as const,
      }),
    );
    await this.outbox.announce(entities, request.authorityId, 'deliver.notice', row.id);
  }
}
