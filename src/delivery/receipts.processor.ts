import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { DigitalPostReceipt } from '../contracts';
import { AuditLog, THE_SYSTEM } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import type { JobContext, JobDefinition } from '../platform/queue/job-definition';
import { JobRegistry } from '../platform/queue/job-registry';
import { AccessRequest } from '../requests/request.entity';
import { Transitions } from '../requests/transitions';
import { Delivery, type DeliveryState } from './delivery.entity';
import { GATEWAY, type Gateway } from './gateway';
import { Receipt } from './receipt.entity';

interface Outstanding {
  authorityId: string;
  isExpected: boolean;
}

/** The queue `receipts`: fetches what Digital Post has to say, stores it as it came, and only then confirms it. */
@Injectable()
export class ReceiptsProcessor implements OnModuleInit, JobDefinition<Outstanding, number> {
  readonly name = 'receipts.pull' as const;
  private readonly logger = new Logger('Receipts');

  constructor(
    private readonly registry: JobRegistry,
    private readonly database: Database,
    private readonly transitions: Transitions,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    @Inject(GATEWAY) private readonly gateway: Gateway,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** With the lock the receipts are stored, and it is their effect that no delivery waits any longer. */
  async load(entities: EntityManager, authorityId: string, lock: boolean): Promise<Outstanding> {
    const waiting = { state: In(['unknown', 'submitted', 'received']) };
    return { authorityId, isExpected: lock || (await entities.existsBy(Delivery, waiting)) };
  }

  isExpected({ isExpected }: Outstanding): true | string {
    return isExpected || 'no delivery waits for a receipt';
  }

  async run({ authorityId }: Outstanding, { signal }: JobContext): Promise<number> {
    const receipts = await this.gateway.pullReceipts(signal);
    let stored = 0;
    let failed = 0;
    for (const receipt of receipts) {
      signal.throwIfAborted();
      try {
        if (await this.take(authorityId, receipt, signal)) stored += 1;
      } catch (error) {
        failed += 1;
        const cause = error instanceof Error ? error.message : String(error);
        this.logger.error(`The receipt ${receipt.receiptId} was not stored and stays with Digital Post: ${cause}`);
      }
    }
    if (failed === 0) return stored;
    throw new Error(
      `${failed} of ${receipts.length} receipts were not stored; ${stored} were. They are fetched again.`,
    );
  }

  async mark(_entities: EntityManager, _row: Outstanding, stored: number): Promise<string> {
    return `${stored} receipts stored`;
  }

  /** True when it is this authority's: stored first, confirmed after. Another's waits for that authority's own turn. */
  private async take(authorityId: string, receipt: DigitalPostReceipt, signal: AbortSignal): Promise<boolean> {
    const isOurs = await this.database.inAuthority(authorityId, (entities) =>
      this.store(entities, authorityId, receipt),
    );
    if (isOurs) await this.gateway.confirmReceipt(receipt.receiptId, signal);
    return isOurs;
  }

  private async store(entities: EntityManager, authorityId: string, receipt: DigitalPostReceipt): Promise<boolean> {
    const known = await entities.findOneBy(Delivery, { messageUuid: receipt.messageUUID });
    if (!known) return false;
    await entities.findOneOrFail(AccessRequest, {
      where: { id: known.requestId },
      lock: { mode: 'pessimistic_write' },
    });
    const delivery = await entities.findOneByOrFail(Delivery, { id: known.id });
    const { receiptId, status, errorCode, errorMessage, raw } = receipt;
    await entities
      .createQueryBuilder()
      .insert()
      .into(Receipt)
      .values({
        authorityId,
        deliveryId: delivery.id,
        receiptId,
        messageUuid: receipt.messageUUID,
        status,
        errorCode: errorCode ?? null,
        errorMessage: errorMessage ?? null,
        at: new Date(receipt.at),
        storedAt: this.clock.now(),
        raw,
      })
      .orIgnore()
      .execute();
    await this.settle(entities, delivery, receipt);
    return true;
  }

  /** Receipts come twice and in any order: what was delivered stays delivered. */
  private async settle(entities: EntityManager, delivery: Delivery, receipt: DigitalPostReceipt): Promise<void> {
    if (delivery.state === 'delivered') return;
    if (receipt.status === 'COMPLETED') return this.delivered(entities, delivery, receipt);
    if (receipt.status === 'RECEIVED') return this.received(entities, delivery);
    if (delivery.state === 'failed') return;
    const sentence = `Digital Post kunne ikke aflevere beskeden (${receipt.errorCode ?? receipt.status}). Svaret skal udleveres på en anden måde.`;
    await this.set(entities, delivery, 'failed', sentence);
    await this.catchUp(entities, delivery);
    const { state } = await entities.findOneByOrFail(AccessRequest, { id: delivery.requestId });
    if (state !== 'undeliverable')
      await this.transitions.move(
        entities,
        delivery.requestId,
        'undeliverable',
        THE_SYSTEM,
        'A receipt says that the message was not delivered.',
      );
    await entities.update(AccessRequest, { id: delivery.requestId }, { attention: sentence });
  }

  private async received(entities: EntityManager, delivery: Delivery): Promise<void> {
    if (delivery.state === 'failed') return;
    await this.catchUp(entities, delivery);
    await this.set(entities, delivery, 'received', null);
  }

  private async delivered(entities: EntityManager, delivery: Delivery, receipt: DigitalPostReceipt): Promise<void> {
    await this.catchUp(entities, delivery);
    await entities.update(
      Delivery,
      { id: delivery.id },
      { state: 'delivered', errorText: null, deliveredAt: new Date(receipt.at) },
    );
    await this.transitions.move(
      entities,
      delivery.requestId,
      'delivered',
      THE_SYSTEM,
      'A receipt proves that the message lies in the mailbox.',
    );
    await this.audit.write(entities, delivery.authorityId, {
      actor: THE_SYSTEM,
      action: 'delivery.delivered',
      subject: { kind: 'delivery', id: delivery.id },
      requestId: delivery.requestId,
      reason: 'Digital Post gave a receipt for the delivery.',
      details: { messageUuid: delivery.messageUuid, receiptId: receipt.receiptId },
    });
  }

  /** A receipt can come before the answer to the sending was stored: it proves that the message was taken in. */
  private async catchUp(entities: EntityManager, delivery: Delivery): Promise<void> {
    const request = await entities.findOneByOrFail(AccessRequest, { id: delivery.requestId });
    if (request.state !== 'signed') return;
    await entities.update(
      Delivery,
      { id: delivery.id },
      { state: 'submitted', submittedAt: delivery.submittedAt ?? this.clock.now() },
    );
    await this.transitions.move(
      entities,
      delivery.requestId,
      'submitted',
      THE_SYSTEM,
      'A receipt proves that Digital Post took the message in.',
    );
  }

  private async set(
    entities: EntityManager,
    delivery: Delivery,
    state: DeliveryState,
    errorText: string | null,
  ): Promise<void> {
    await entities.update(Delivery, { id: delivery.id }, { state, errorText });
  }
}
