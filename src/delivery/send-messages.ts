import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { SendOutcome } from '../contracts';
import { AuditLog, THE_SYSTEM } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { KillPoint } from '../platform/queue/kill-point';
import { Settings } from '../platform/settings';
import { AccessRequest } from '../requests/request.entity';
import { ApprovedContent } from './approved-content';
import { DeliveryMessage } from './delivery-message.entity';
import { Delivery } from './delivery.entity';
import { GATEWAY, type Gateway } from './gateway';
import { SettleDelivery } from './settle-delivery';

const HOUR_MS = 3_600_000;

export interface SentMessages {
  /** Messages whose end is not known: the same bytes are sent again. */
  unknown: Extract<SendOutcome, { state: 'unknown' }>[];
  /** The first one that was refused; what comes after it was not sent. */
  refused: boolean;
}

/** Sends what is stored, in the order of the numbers. Each answer is written down before the next message leaves. */
@Injectable()
export class SendMessages {
  constructor(
    private readonly database: Database,
    private readonly content: ApprovedContent,
    private readonly settleDelivery: SettleDelivery,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly killPoint: KillPoint,
    @Inject(GATEWAY) private readonly gateway: Gateway,
  ) {}

  async send(delivery: Delivery, messages: DeliveryMessage[], signal: AbortSignal): Promise<SentMessages> {
    const unknown: SentMessages['unknown'] = [];
    for (const message of messages.filter(({ state }) => state === 'prepared' || state === 'unknown')) {
      signal.throwIfAborted();
      const outcome = await this.attempt(delivery, message, signal);
      if (outcome.state === 'refused') return { unknown, refused: true };
      if (outcome.state === 'unknown') unknown.push(outcome);
      // Asked to wait, one does not go on with the next.
      if (outcome.state === 'unknown' && outcome.retryAfterMs !== undefined) break;
    }
    return { unknown, refused: false };
  }

  private async attempt(delivery: Delivery, message: DeliveryMessage, signal: AbortSignal): Promise<SendOutcome> {
    const earlier = await this.begin(delivery, message);
    const source = this.content.ofMessage(message, delivery.requestId, 'The stored message is sent.');
    const answer = await this.hand(message, source, signal);
    this.killPoint.pass('deliver.package', 'message-sent');
    // After an attempt whose end is unknown, a refusal does not prove that the first message was not taken in.
    const outcome: SendOutcome =
      answer.state === 'refused' && earlier > 0 ? { state: 'unknown', message: answer.message } : answer;
    await this.inRequest(delivery, (entities) => this.writeDown(entities, delivery, message, outcome));
    return outcome;
  }

  private hand(
    { channel, messageUuid }: DeliveryMessage,
    source: ReturnType<ApprovedContent['ofMessage']>,
    signal: AbortSignal,
  ): Promise<SendOutcome> {
    if (channel === 'digital-post') return this.gateway.send(messageUuid, source, signal);
    if (!this.gateway.sendLetter)
      throw new Error('The road to Digital Post carries no letters. Choose SF1601, or hand the answer over.');
    return this.gateway.sendLetter(messageUuid, source, signal);
  }

  /** Counts the attempt before it is made, and says how many there were: a worker that dies in it leaves an open end. */
  private begin(delivery: Delivery, message: DeliveryMessage): Promise<number> {
    return this.inRequest(delivery, async (entities) => {
      const { attempts } = await entities.findOneByOrFail(DeliveryMessage, { id: message.id });
      await entities.update(
        DeliveryMessage,
        { id: message.id },
        {
          attempts: attempts + 1,
          lastAttemptAt: this.clock.now(),
          receiptDueAt: message.receiptDueAt ?? this.clock.after(this.settings.RECEIPT_DUE_HOURS * HOUR_MS),
        },
      );
      return attempts;
    });
  }

  /** A receipt may have told more while the answer was on its way: then what it told stands. */
  private async writeDown(
    entities: EntityManager,
    delivery: Delivery,
    { id }: DeliveryMessage,
    outcome: SendOutcome,
  ): Promise<void> {
    const message = await entities.findOneByOrFail(DeliveryMessage, { id });
    if (outcome.state === 'accepted') {
      const { transmissionId = null, raw } = outcome;
      await entities.update(DeliveryMessage, { id }, { transmissionId, answer: raw });
    }
    if (message.state !== 'prepared' && message.state !== 'unknown') return;
    await entities.update(DeliveryMessage, { id }, this.change(outcome));
    if (outcome.state === 'accepted') await this.auditAccepted(entities, delivery, message);
    await this.settleDelivery.settle(entities, delivery.id);
  }

  private change(outcome: SendOutcome): Partial<DeliveryMessage> {
    if (outcome.state === 'accepted') return { state: 'submitted', errorText: null, submittedAt: this.clock.now() };
    if (outcome.state === 'unknown') return { state: 'unknown', errorText: outcome.message };
    const { code, message, raw } = outcome;
    return { state: 'failed', answer: raw, errorText: `Digital Post afviste beskeden (${code}): ${message}` };
  }

  private auditAccepted(entities: EntityManager, delivery: Delivery, message: DeliveryMessage): Promise<void> {
    return this.audit.write(entities, delivery.authorityId, {
      actor: THE_SYSTEM,
      action: 'delivery.submitted',
      subject: { kind: 'delivery', id: delivery.id },
      requestId: delivery.requestId,
      reason: 'The signed package was handed over to be delivered.',
      details: {
        messageUuid: message.messageUuid,
        memoSha256: message.contentSha256,
        part: message.part,
        parts: message.parts,
      },
    });
  }

  /** With the request locked: receipts and other workers wait for each other there. */
  private inRequest<T>(delivery: Delivery, work: (entities: EntityManager) => Promise<T>): Promise<T> {
    return this.database.inAuthority(delivery.authorityId, async (entities) => {
      await entities.findOneOrFail(AccessRequest, {
        where: { id: delivery.requestId },
        lock: { mode: 'pessimistic_write' },
      });
      return work(entities);
    });
  }
}
