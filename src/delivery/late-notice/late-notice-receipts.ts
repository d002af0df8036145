import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DigitalPostReceipt } from '../../contracts';
import { AccessRequest } from '../../requests/request.entity';
import { LateNotice } from './late-notice.entity';

/** Receipts of late notices: twice and in any order, and never back from delivered. */
@Injectable()
export class LateNoticeReceipts {
  /** False when the message is no late notice. The receipt itself was stored by the caller. */
  async take(entities: EntityManager, { messageUUID, status, errorCode, at }: DigitalPostReceipt): Promise<boolean> {
    const known = await entities.findOneBy(LateNotice, { messageUuid: messageUUID });
    if (!known) return false;
    const { requestId } = known;
    await entities.findOneOrFail(AccessRequest, { where: { id: requestId }, lock: { mode: 'pessimistic_write' } });
    const { id, state, submittedAt } = await entities.findOneByOrFail(LateNotice, { id: known.id });
    if (state === 'delivered' || state === 'handed_over') return true;
    const taken = { submittedAt: submittedAt ?? new Date(at), errorText: null };
    if (status === 'COMPLETED') {
      await entities.update(LateNotice, { id }, { ...taken, state: 'delivered', deliveredAt: new Date(at) });
    } else if (state !== 'failed' && status === 'RECEIVED') {
      await entities.update(LateNotice, { id }, { ...taken, state: 'received' });
    } else if (state !== 'failed') {
      const errorText = `Fristbrevet kunne ikke afleveres (${errorCode ?? status}). Print det, send det med posten i dag, og skriv det på siden om fristbreve.`;
      await entities.update(LateNotice, { id }, { ...taken, state: 'failed', errorText });
      await entities.update(AccessRequest, { id: requestId }, { attention: errorText });
    }
    return true;
  }
}
