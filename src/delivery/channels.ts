import { Inject, Injectable } from '@nestjs/common';
import type { Registration } from '../contracts';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import type { ReadyToSend } from './before-sending';
import { Delivery } from './delivery.entity';
import { GATEWAY, type Gateway } from './gateway';
import { postboxOf } from './recipients';

/** Stands in place of the register's answer: the citizen asked for paper, so the register is not asked. */
export const WANTS_LETTER = 'letter';

/** No way that this program knows: an employee hands the answer over. */
export interface NoChannel {
  state: 'no-channel';
  sentence: string;
}

export type ChosenChannel = { state: 'digital-post' } | { state: 'held'; sentence: string } | NoChannel;

const CLOSED =
  'Postkassen i Digital Post er lukket. Det sker, når en borger er død eller udrejst. Svaret er ikke sendt. Undersøg det i CPR, før nogen får svaret.';
const PAPER = 'Borgeren har bedt om svaret på papir. Print det, og send det med posten.';
const NOT_REGISTERED = 'Borgeren kan ikke modtage Digital Post. Svaret skal udleveres på en anden måde.';
const FIRM_NOT_REGISTERED =
  'Firmaet, der har fuldmagt, kan ikke modtage Digital Post. Aftal med det, hvordan svaret kan udleveres.';

/** Chooses the way of an answer: Digital Post when the recipient can receive it, else paper, else by hand. */
@Injectable()
export class Channels {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(GATEWAY) private readonly gateway: Gateway,
  ) {}

  /**
   * Asked until the first attempt: a registration can change between the approval and the sending. Not after it, since the
   * message may lie in the mailbox of one who left Digital Post later.
   */
  async choose(delivery: Delivery, ready: ReadyToSend, signal: AbortSignal): Promise<ChosenChannel> {
    const { request, recipient } = ready;
    const wantsLetter = request.scope.delivery === 'letter' && recipient.kind === 'citizen';
    const registration = wantsLetter ? WANTS_LETTER : await this.gateway.registration(postboxOf(recipient), signal);
    await this.database.inAuthority(delivery.authorityId, (entities) =>
      entities.update(Delivery, { id: delivery.id }, { registration, registrationAt: this.clock.now() }),
    );
    if (registration === 'registered') return { state: 'digital-post' };
    if (registration === 'closed') return { state: 'held', sentence: CLOSED };
    return { state: 'no-channel', sentence: sentenceOf(registration, recipient.kind) };
  }
}

function sentenceOf(registration: Registration | typeof WANTS_LETTER, recipient: 'citizen' | 'firm'): string {
  if (registration === WANTS_LETTER) return PAPER;
  return recipient === 'firm' ? FIRM_NOT_REGISTERED : NOT_REGISTERED;
}
