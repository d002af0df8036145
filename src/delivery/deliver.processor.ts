import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import type { EntityManager } from 'typeorm';
import type { LetterAddress } from '../contracts';
import { CertifyDecision } from '../decisions/certificate/certify-decision';
import { EnclosureTooLargeError } from '../digital-post';
import { THE_SYSTEM } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { Outbox } from '../platform/outbox/outbox';
import { RetryLater, type JobContext, type JobDefinition } from '../platform/queue/job-definition';
import { JobRegistry } from '../platform/queue/job-registry';
import { AccessRequest } from '../requests/request.entity';
import { Transitions } from '../requests/transitions';
import { BeforeSending, type Obstacle, type ReadyToSend } from './before-sending';
import { Channels, type NoChannel } from './channels';
import { DeliveryMessage } from './delivery-message.entity';
import { Delivery } from './delivery.entity';
import { faultInWords } from './fault-words';
import { ReleaseDelivery } from './release-delivery';
import { SendMessages } from './send-messages';
import { StoreMessages } from './store-messages';
import { TakeBack } from './take-back';

const AFTER_UNKNOWN_MS = 5000;
const TOO_LARGE =
  'En af filerne er for stor til Digital Post. Intet er sendt. Aftal med borgeren, hvordan svaret kan udleveres.';

/** What a run came to. `later`: so many milliseconds from now. */
type Settled =
  | { state: 'later'; afterMs: number; why: string }
  | { state: 'undone' }
  | { state: 'obstacle'; obstacle: Obstacle }
  | NoChannel
  | { state: 'refused' }
  | { state: 'handed-over' }
  | { state: 'sent' };

/** The queue `deliver`: one job a delivery. Every message is stored before the first is sent, and is the same at every attempt. */
@Injectable()
export class DeliverProcessor implements OnModuleInit, JobDefinition<Delivery, Settled> {
  readonly name = 'deliver.package' as const;

  constructor(
    private readonly registry: JobRegistry,
    private readonly database: Database,
    private readonly beforeSending: BeforeSending,
    private readonly channels: Channels,
    private readonly releaseDelivery: ReleaseDelivery,
    private readonly certify: CertifyDecision,
    private readonly storeMessages: StoreMessages,
    private readonly sendMessages: SendMessages,
    private readonly takeBack: TakeBack,
    private readonly transitions: Transitions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async load(entities: EntityManager, id: string, lock: boolean): Promise<Delivery | null> {
    const delivery = await entities.findOneBy(Delivery, { id });
    if (!delivery || !lock) return delivery;
    await entities.findOneOrFail(AccessRequest, {
      where: { id: delivery.requestId },
      lock: { mode: 'pessimistic_write' },
    });
    return entities.findOneBy(Delivery, { id });
  }

  isExpected(delivery: Delivery): true | string {
    if (isHandedOverUnreleased(delivery)) return true;
    return ['queued', 'prepared', 'unknown'].includes(delivery.state) || `the delivery is already ${delivery.state}`;
  }

  async run(delivery: Delivery, { signal }: JobContext): Promise<Settled> {
    if (isHandedOverUnreleased(delivery)) return this.keepHandedOver(delivery);
    const wait = this.millisecondsToWait(delivery);
    if (wait > 0) return { state: 'later', afterMs: wait, why: 'it was asked to wait' };
    try {
      const prepared = await this.prepare(delivery, signal);
      return 'state' in prepared ? prepared : await this.send(delivery, prepared.postal.address, signal);
    } catch (error) {
      const words = faultInWords(error);
      if (words !== null) await this.tell(delivery, words);
      throw error;
    }
  }

  async mark(entities: EntityManager, delivery: Delivery, settled: Settled): Promise<string> {
    switch (settled.state) {
      case 'later':
        await this.outbox.announce(entities, delivery.authorityId, this.name, delivery.id, {
          afterMs: settled.afterMs,
        });
        return `waits ${Math.ceil(settled.afterMs / 1000)} seconds, since ${settled.why}`;
      case 'obstacle':
        return this.markObstacle(entities, delivery, settled.obstacle);
      case 'no-channel':
        await this.undeliverable(entities, delivery, 'not_registered', settled.sentence);
        return 'the recipient cannot receive in any way that is known';
      case 'undone':
        return 'the sending was undone';
      case 'refused':
        return 'a message was refused';
      case 'handed-over':
        return 'what was handed over is certified, and the journal is told';
      case 'sent':
        return 'every message was accepted';
    }
  }

  async giveUp(entities: EntityManager, delivery: Delivery, error: Error): Promise<void> {
    // Nothing more is to be sent; the certificate is told of in the log.
    if (isHandedOverUnreleased(delivery)) return;
    const isAttempted = await this.isAttempted(entities, delivery);
    if (!isAttempted && error instanceof UnrecoverableError) {
      const sentence = `Intet er sendt: beskeden kunne ikke dannes, som den skal være (${error.message}) Bed driften se på det, og udlever svaret på en anden måde.`;
      return this.undeliverable(entities, delivery, 'failed', sentence);
    }
    const attention =
      faultInWords(error) ??
      (isAttempted
        ? `Det er uvist, om svaret nåede frem til Digital Post (${error.message}). Send det ikke igen: afvent kvitteringen, eller bed driften undersøge beskeden.`
        : `Svaret er ikke sendt endnu (${error.message}). Det prøves igen af sig selv; bed driften se på det, hvis det bliver ved.`);
    await entities.update(AccessRequest, { id: delivery.requestId }, { attention });
  }

  /** An answer that was held and then handed over by hand gets its certificate and stands in the journal too. */
  private async keepHandedOver(delivery: Delivery): Promise<Settled> {
    await this.certify.of(delivery.authorityId, delivery.decisionId);
    await this.releaseDelivery.announce(delivery);
    await this.releaseDelivery.release(delivery);
    return { state: 'handed-over' };
  }

  /** Everything that must be true before the first message leaves; what is known of the recipient when it is. */
  private async prepare(delivery: Delivery, signal: AbortSignal): Promise<Settled | ReadyToSend> {
    const isAttempted = await this.database.inAuthority(delivery.authorityId, (entities) =>
      this.isAttempted(entities, delivery),
    );
    const ready = await this.beforeSending.check(delivery, signal);
    // What is under way already cannot be unsigned: a person must look at the rest.
    if ('kind' in ready) return { state: 'obstacle', obstacle: isAttempted ? { ...ready, kind: 'held' } : ready };
    if (!(await this.releaseDelivery.release(delivery))) return { state: 'undone' };
    // Only now, since an undone signature is certified by nobody; and before the journal is told what the package holds.
    await this.certify.of(delivery.authorityId, delivery.decisionId);
    await this.releaseDelivery.announce(delivery);
    if (isAttempted) return ready;
    const channel = await this.channels.choose(delivery, ready, signal);
    if (channel.state === 'held') return { state: 'obstacle', obstacle: { kind: 'held', sentence: channel.sentence } };
    return channel.state === 'no-channel' ? channel : ready;
  }

  private async send(delivery: Delivery, address: LetterAddress | undefined, signal: AbortSignal): Promise<Settled> {
    try {
      const now = await this.database.inAuthority(delivery.authorityId, (entities) =>
        entities.findOneByOrFail(Delivery, { id: delivery.id }),
      );
      const messages = await this.storeMessages.of(now, address);
      const { unknown, refused } = await this.sendMessages.send(now, messages, signal);
      if (refused) return { state: 'refused' };
      if (unknown.length === 0) return { state: 'sent' };
      const waits = unknown.flatMap(({ retryAfterMs }) => retryAfterMs ?? []);
      if (waits.length === 0) throw new RetryLater(unknown[0]!.message, AFTER_UNKNOWN_MS);
      return await this.waitAsAsked(delivery, Math.max(...waits), unknown[0]!.message);
    } catch (error) {
      if (error instanceof EnclosureTooLargeError) return { state: 'no-channel', sentence: TOO_LARGE };
      throw error;
    }
  }

  /** A date that Digital Post gave is kept, however far away it is, and uses no attempt up. */
  private async waitAsAsked(delivery: Delivery, afterMs: number, why: string): Promise<Settled> {
    const resendAfter = this.clock.after(afterMs);
    await this.database.inAuthority(delivery.authorityId, (entities) =>
      entities.update(Delivery, { id: delivery.id }, { resendAfter }),
    );
    return { state: 'later', afterMs, why };
  }

  private millisecondsToWait({ sendAfter, resendAfter, releasedAt }: Delivery): number {
    const until = Math.max(releasedAt === null ? Number(sendAfter) : 0, Number(resendAfter));
    return until - this.clock.now().getTime();
  }

  private async markObstacle(entities: EntityManager, delivery: Delivery, obstacle: Obstacle): Promise<string> {
    const { kind, sentence } = obstacle;
    if (kind === 'held') await this.undeliverable(entities, delivery, 'held', sentence);
    if (kind === 'void') await this.takeBack.voidSignature(entities, delivery, sentence);
    if (kind === 'stop') await this.takeBack.stop(entities, delivery, sentence);
    return `a check at the moment of sending stopped it (${kind})`;
  }

  private async undeliverable(
    entities: EntityManager,
    delivery: Delivery,
    state: 'failed' | 'not_registered' | 'held',
    sentence: string,
  ): Promise<void> {
    await entities.update(Delivery, { id: delivery.id }, { state, errorText: sentence });
    const { state: now } = await entities.findOneByOrFail(AccessRequest, { id: delivery.requestId });
    const reason = 'The package could not be delivered.';
    if (now !== 'undeliverable')
      await this.transitions.move(entities, delivery.requestId, 'undeliverable', THE_SYSTEM, reason);
    await entities.update(AccessRequest, { id: delivery.requestId }, { attention: sentence });
  }

  private async isAttempted(entities: EntityManager, { id, channel }: Delivery): Promise<boolean> {
    if (channel === 'manual') return false;
    const messages = await entities.findBy(DeliveryMessage, { deliveryId: id, channel });
    return messages.some(({ attempts }) => attempts > 0);
  }

  /** Told at once, before the attempts are used up: nothing was sent, and somebody must act. */
  private async tell(delivery: Delivery, words: string): Promise<void> {
    await this.database.inAuthority(delivery.authorityId, async (entities) => {
      await entities.update(Delivery, { id: delivery.id }, { errorText: words });
      await entities.update(AccessRequest, { id: delivery.requestId }, { attention: words });
    });
  }
}

function isHandedOverUnreleased({ channel, releasedAt }: Delivery): boolean {
  return channel === 'manual' && releasedAt === null;
}
