import { Inject, Injectable } from '@nestjs/common';
import { PackageFile } from '../decisions/package-file.entity';
import { LETTER_LIMITS } from '../digital-post';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { Settings } from '../platform/settings';
import type { ReadyToSend } from './before-sending';
import { Delivery } from './delivery.entity';
import { carriesLetters, GATEWAY, type Gateway } from './gateway';
import { postboxOf, type Recipient } from './recipients';
import { isSent } from './sent-files';

/** Stands in place of the register's answer: the citizen asked for paper, so the register is not asked. */
export const WANTS_LETTER = 'letter';

/** No way that this program knows: an employee hands the answer over. */
export interface NoChannel {
  state: 'no-channel';
  sentence: string;
}

export type ChosenChannel = { state: 'digital-post' | 'letter' } | { state: 'held'; sentence: string } | NoChannel;

const CLOSED =
  'Postkassen i Digital Post er lukket. Det sker, når en borger er død eller udrejst. Svaret er ikke sendt. Undersøg det i CPR, før nogen får svaret.';
const PAPER = 'Borgeren har bedt om svaret på papir. Print det, og send det med posten.';
const NOT_REGISTERED: Record<Recipient['kind'], string> = {
  citizen: 'Borgeren kan ikke modtage Digital Post. Svaret skal udleveres på en anden måde.',
  firm: 'Firmaet, der har fuldmagt, kan ikke modtage Digital Post. Aftal med det, hvordan svaret kan udleveres.',
  person: 'Den, der modtager for borgeren, har ikke Digital Post. Aftal, hvordan svaret kan udleveres.',
};
const PROTECTED =
  'Modtageren har adressebeskyttelse, så svaret er ikke sendt til Fjernprint. Udlever det på en anden måde.';
const NO_ADDRESS = 'Der er ingen adresse, som et brev kan sendes til.';
const TOO_LARGE_FOR_PAPER = 'Svaret er for stort til at blive printet og sendt som brev.';

/** Chooses the way of an answer: Digital Post when the recipient can receive it, else a letter, else by hand. */
@Injectable()
export class Channels {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly settings: Settings,
    @Inject(GATEWAY) private readonly gateway: Gateway,
  ) {}

  /**
   * Asked until the first attempt: a registration can change between the approval and the sending. Not after it, since the
   * message may lie in the mailbox of one who left Digital Post later.
   */
  async choose(delivery: Delivery, ready: ReadyToSend, signal: AbortSignal): Promise<ChosenChannel> {
    // It came back from Digital Post: there it is not tried again.
    const { request, recipient } = ready;
    if (delivery.channel === 'letter') return this.onPaper(delivery, ready, NOT_REGISTERED[recipient.kind]);
    const wantsLetter = request.scope.delivery === 'letter' && recipient.kind === 'citizen';
    const registration = wantsLetter ? WANTS_LETTER : await this.gateway.registration(postboxOf(recipient), signal);
    await this.database.inAuthority(delivery.authorityId, (entities) =>
      entities.update(Delivery, { id: delivery.id }, { registration, registrationAt: this.clock.now() }),
    );
    if (registration === 'registered') return { state: 'digital-post' };
    if (registration === 'closed') return { state: 'held', sentence: CLOSED };
    return this.onPaper(delivery, ready, wantsLetter ? PAPER : NOT_REGISTERED[recipient.kind]);
  }

  private async onPaper(delivery: Delivery, ready: ReadyToSend, sentence: string): Promise<ChosenChannel> {
    if (!carriesLetters(this.settings)) return { state: 'no-channel', sentence };
    const obstacle = await this.obstacleToPaper(delivery, ready);
    if (obstacle !== null) return { state: 'no-channel', sentence: `${sentence} ${obstacle}` };
    await this.database.inAuthority(delivery.authorityId, (entities) =>
      entities.update(Delivery, { id: delivery.id }, { channel: 'letter' }),
    );
    return { state: 'letter' };
  }

  private async obstacleToPaper(delivery: Delivery, { postal }: ReadyToSend): Promise<string | null> {
    if (postal.isProtected) return PROTECTED;
    if (!postal.address) return NO_ADDRESS;
    const files = await this.database.inAuthority(delivery.authorityId, (entities) =>
      entities.findBy(PackageFile, { decisionId: delivery.decisionId }),
    );
    const bytes = files.filter(isSent).reduce((sum, { size }) => sum + Number(size), 0);
    return bytes > LETTER_LIMITS.rawBytes ? TOO_LARGE_FOR_PAPER : null;
  }
}
