import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, THE_SYSTEM } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { AccessRequest } from '../requests/request.entity';
import { Delivery } from './delivery.entity';
import { JournalEntryRow } from './journal-entry.entity';
import { Journal } from './journal';
import { Notices } from './notices';

/** The point of no return: from here the delivery cannot be undone. */
@Injectable()
export class ReleaseDelivery {
  constructor(
    private readonly database: Database,
    private readonly journal: Journal,
    private readonly notices: Notices,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** False when somebody undid it in the same moment. Waits for that one: both lock the request. */
  release({ id, authorityId, requestId }: Delivery): Promise<boolean> {
    return this.database.inAuthority(authorityId, async (entities) => {
      await locked(entities, requestId);
      const delivery = await entities.findOneByOrFail(Delivery, { id });
      const { channel } = delivery;
      if (delivery.state === 'undone') return false;
      if (delivery.releasedAt !== null) return true;
      await entities.update(Delivery, { id }, { releasedAt: this.clock.now() });
      await this.audit.write(entities, authorityId, {
        actor: THE_SYSTEM,
        action: 'delivery.release',
        subject: { kind: 'delivery', id },
        requestId,
        reason:
          channel === 'manual'
            ? 'The answer was handed over by hand.'
            : 'The time to undo was over, and everything that was checked again was as approved.',
      });
      return true;
    });
  }

  /** What follows from the answer, once: the journal gets it, and the citizen is told that it comes. */
  announce({ authorityId, requestId, decisionId, channel }: Delivery): Promise<void> {
    return this.database.inAuthority(authorityId, async (entities) => {
      const request = await locked(entities, requestId);
      if (await entities.existsBy(JournalEntryRow, { decisionId })) return;
      await this.journal.announce(entities, request, ['decision', 'package'], decisionId);
      // Who was handed the answer knows it; the citizen may be dead.
      if (channel !== 'manual') await this.notices.announce(entities, request, 'answered');
    });
  }
}

function locked(entities: EntityManager, id: string): Promise<AccessRequest> {
  return entities.findOneOrFail(AccessRequest, { where: { id }, lock: { mode: 'pessimistic_write' } });
}
