import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DigitalPostReceipt } from '../../contracts';
import { letterChangeBy } from '../single-letter/letter-change';
import { IncidentLetter } from './incident-letter.entity';

/** Receipts of letters about incidents. */
@Injectable()
export class IncidentLetterReceipts {
  /** False when the message is no such letter. The receipt itself was stored by the caller. */
  async take(entities: EntityManager, receipt: DigitalPostReceipt): Promise<boolean> {
    const letter = await entities.findOne(IncidentLetter, {
      where: { messageUuid: receipt.messageUUID },
      lock: { mode: 'pessimistic_write' },
    });
    if (!letter) return false;
    const change = letterChangeBy(letter, receipt);
    if (!change) return true;
    const errorText =
      change.state === 'failed'
        ? `Brevet kunne ikke afleveres (${receipt.errorCode ?? receipt.status}). Print det, send det med posten i dag, og skriv det her.`
        : null;
    await entities.update(IncidentLetter, { id: letter.id }, { ...change, errorText });
    return true;
  }
}
