import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { DigitalPostReceipt, ReceiptStatus } from '../contracts';
import { AuditLog, THE_SYSTEM } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Outbox } from '../platform/outbox/outbox';
import { Settings } from '../platform/settings';
import { AccessRequest } from '../requests/request.entity';
import { DeliveryMessage } from './delivery-message.entity';
import { Delivery } from './delivery.entity';
import { carriesLetters } from './gateway';
import { LateNoticeReceipts } from './late-notice/late-notice-receipts';
import { IncidentLetterReceipts } from './incidents/incident-letter-receipts';
import { Receipt } from './receipt.entity';
import { SettleDelivery } from './settle-delivery';

const FAILURES: readonly ReceiptStatus[] = ['INVALID', 'NOT_ALLOWED', 'FAILED', 'RETURNED', 'RECALLED'];

/**
 * Stores a receipt as it came, and lets its message follow. Receipts come twice and in any order: what was delivered stays
 * delivered. One for a message that nobody here sent is kept as such.
 */
@Injectable()
export class TakeReceipt {
  constructor(
    private readonly settleDelivery: SettleDelivery,
    private readonly lateNotices: LateNoticeReceipts,
    private readonly incidentLetters: IncidentLetterReceipts,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  async take(
    entities: EntityManager,
    authorityId: string,
    receipt: DigitalPostReceipt,
    cameBy: Receipt['cameBy'],
  ): Promise<void> {
    const known = await entities.findOneBy(DeliveryMessage, { messageUuid: receipt.messageUUID });
    const delivery = known && (await this.lockedDelivery(entities, known.deliveryId));
    const isNew = await this.store(entities, authorityId, receipt, cameBy, known);
    if (!known || !delivery) {
      if (await this.lateNotices.take(entities, receipt)) return;
      if (await this.incidentLetters.take(entities, receipt)) return;
      return isNew ? this.auditUnknown(entities, authorityId, receipt) : undefined;
    }
    const message = await entities.findOneByOrFail(DeliveryMessage, { id: known.id });
    const change = changeBy(message, receipt);
    if (!change) return this.contradictedBy(entities, delivery, message, receipt);
    if (receipt.status === 'NOT_ALLOWED' && (await this.goesAsLetter(entities, delivery, message))) return;
    await entities.update(DeliveryMessage, { id: message.id }, change);
    await this.settleDelivery.settle(entities, delivery.id);
    if (change.state === 'delivered') await this.delivered(entities, delivery, message, receipt);
  }

  /** The recipient left Digital Post between look-up and sending: what one message held goes on paper. */
  private async goesAsLetter(entities: EntityManager, delivery: Delivery, message: DeliveryMessage): Promise<boolean> {
    if (message.channel === 'letter' || message.parts > 1 || !carriesLetters(this.settings)) return false;
    await entities.update(DeliveryMessage, { id: message.id }, { state: 'replaced', errorText: null });
    await entities.update(Delivery, { id: delivery.id }, { channel: 'letter', state: 'queued', receiptDueAt: null });
    await this.outbox.announce(entities, delivery.authorityId, 'deliver.package', delivery.id);
    return true;
  }

  /** What contradicts it may have come first. */
  private async delivered(
    entities: EntityManager,
    delivery: Delivery,
    message: DeliveryMessage,
    receipt: DigitalPostReceipt,
  ): Promise<void> {
    await this.auditDelivered(entities, delivery, receipt);
    const earlier = { messageId: message.id, status: In([...FAILURES]) };
    if (await entities.existsBy(Receipt, earlier)) await this.tellOfContradiction(entities, delivery, message);
  }

  private async contradictedBy(
    entities: EntityManager,
    delivery: Delivery,
    message: DeliveryMessage,
    { status }: DigitalPostReceipt,
  ): Promise<void> {
    if (message.state !== 'delivered' || !FAILURES.includes(status)) return;
    await this.tellOfContradiction(entities, delivery, message);
  }

  /** Delivered stays delivered; that the post also says something else, a person must look at. */
  private async tellOfContradiction(
    entities: EntityManager,
    { requestId }: Delivery,
    { channel }: DeliveryMessage,
  ): Promise<void> {
    const attention =
      channel === 'letter'
        ? 'Postvæsenet har meldt noget om brevet, efter at det var sendt, for eksempel at det er kommet retur. Se kvitteringerne, og find ud af, om borgeren har fået det.'
        : 'Digital Post har både kvitteret for, at svaret er afleveret, og meldt en fejl. Se kvitteringerne, og spørg Digital Post, hvad der er rigtigt.';
    await entities.update(AccessRequest, { id: requestId }, { attention });
  }

  private async lockedDelivery(entities: EntityManager, id: string): Promise<Delivery> {
    const { requestId } = await entities.findOneByOrFail(Delivery, { id });
    await entities.findOneOrFail(AccessRequest, { where: { id: requestId }, lock: { mode: 'pessimistic_write' } });
    return entities.findOneByOrFail(Delivery, { id });
  }

  /** False when the same receipt was stored before. */
  private async store(
    entities: EntityManager,
    authorityId: string,
    receipt: DigitalPostReceipt,
    cameBy: Receipt['cameBy'],
    message: DeliveryMessage | null,
  ): Promise<boolean> {
    const { receiptId, messageUUID, status, errorCode, errorMessage, at, raw } = receipt;
    const { raw: inserted } = await entities
      .createQueryBuilder()
      .insert()
      .into(Receipt)
      .values({
        authorityId,
        deliveryId: message?.deliveryId ?? null,
        messageId: message?.id ?? null,
        receiptId,
        messageUuid: messageUUID,
        status,
        errorCode: errorCode ?? null,
        errorMessage: errorMessage ?? null,
        at: new Date(at),
        storedAt: this.clock.now(),
        raw,
        cameBy,
      })
      .orIgnore()
      .execute();
    return (inserted as unknown[]).length > 0;
  }

  private auditUnknown(entities: EntityManager, authorityId: string, receipt: DigitalPostReceipt): Promise<void> {
    return this.audit.write(entities, authorityId, {
      actor: THE_SYSTEM,
      action: 'receipt.unknown-message',
      subject: { kind: 'receipt' },
      reason: 'A receipt came for a message that was not sent from here.',
      details: { messageUuid: receipt.messageUUID, receiptId: receipt.receiptId },
    });
  }

  private auditDelivered(entities: EntityManager, delivery: Delivery, receipt: DigitalPostReceipt): Promise<void> {
    return this.audit.write(entities, delivery.authorityId, {
      actor: THE_SYSTEM,
      action: 'delivery.delivered',
      subject: { kind: 'delivery', id: delivery.id },
      requestId: delivery.requestId,
      reason: 'Digital Post gave a receipt for the delivery.',
      details: { messageUuid: receipt.messageUUID, receiptId: receipt.receiptId },
    });
  }
}

/** How a receipt changes its message; null when it tells nothing new. */
export function changeBy(message: DeliveryMessage, receipt: DigitalPostReceipt): Partial<DeliveryMessage> | null {
  const { status, at } = receipt;
  if (message.state === 'delivered') return null;
  const submittedAt = message.submittedAt ?? new Date(at);
  if (status === 'COMPLETED' || status === 'HANDED_OVER')
    return { state: 'delivered', submittedAt, deliveredAt: new Date(at), errorText: null };
  if (message.state === 'failed' || message.state === 'replaced') return null;
  if (status === 'RECEIVED' || status === 'PRINTING' || status === 'POSTED')
    return { state: 'received', submittedAt, errorText: null };
  const errorText = `${failureInWords(receipt)} Svaret skal udleveres på en anden måde.`;
  return { state: 'failed', submittedAt, errorText };
}

function failureInWords({ status, errorCode }: DigitalPostReceipt): string {
  if (status === 'RETURNED') return 'Postvæsenet har sendt brevet tilbage.';
  if (status === 'RECALLED') return 'Brevet blev kaldt tilbage og er ikke sendt.';
  return `Digital Post kunne ikke aflevere beskeden (${errorCode ?? status}).`;
}
