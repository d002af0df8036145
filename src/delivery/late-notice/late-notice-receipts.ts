import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DigitalPostReceipt } from '../../contracts';
import { AccessRequest } from '../../requests/request.entity';
import { letterChangeBy } from '../single-letter/letter-change';
import { LateNotice } from './late-notice.entity';

/** Receipts of late notices: twice and in any order, and never back from delivered. */
@Injectable()
export class LateNoticeReceipts {
  /** False when the message is no late notice. The receipt itself was stored by the caller. */
  async take(entities: EntityManager, receipt: DigitalPostReceipt): Promise<boolean> {
    const known = await entities.findOneBy(LateNotice, { messageUuid: receipt.messageUUID });
    if (!known) return false;
    const { requestId } = known;
    await entities.findOneOrFail(AccessRequest, { where: { id: requestId }, lock: { mode: 'pessimistic_write' } });
    const notice = await entities.findOneByOrFail(LateNotice, { id: known.id });
    const change = letterChangeBy(notice, receipt);
    if (!change) return true;
    const errorText =
      change.state === 'failed'
        ? `Fristbrevet kunne ikke afleveres (${receipt.errorCode ?? receipt.status}). Print det, send det med posten i dag, og skriv det på siden om fristbreve.`
        : null;
    await entities.update(LateNotice, { id: notice.id }, { ...change, errorText });
    if (errorText) await entities.update(AccessRequest, { id: requestId }, { attention: errorText });
    return true;
  }
}
