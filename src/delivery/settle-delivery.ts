import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { THE_SYSTEM } from '../platform/audit-log/audit-log';
import { AccessRequest } from '../requests/request.entity';
import type { RequestState } from '../requests/lifecycle';
import { Transitions } from '../requests/transitions';
import { DeliveryMessage } from './delivery-message.entity';
import { Delivery, type DeliveryState } from './delivery.entity';
import { sumUp } from './sum-up';

/** Where the request goes when its delivery comes here. A delivery that is not all the way never closes a request. */
const LEADS_TO: Partial<Record<DeliveryState, RequestState>> = {
  submitted: 'submitted',
  received: 'submitted',
  delivered: 'delivered',
  failed: 'undeliverable',
};
const REASONS: Partial<Record<RequestState, string>> = {
  submitted: 'Every message of the delivery was taken in.',
  delivered: 'Receipts prove that every message was delivered.',
  undeliverable: 'The package could not be delivered.',
};
const ANOTHERS_WORDS: Partial<Record<RequestState, string>> = {
  submitted: 'Svaret er sendt til den, der får det på dine vegne.',
  delivered: 'Svaret er afleveret til den, der får det på dine vegne.',
};
const LETTER_WORDS: Partial<Record<RequestState, string>> = {
  submitted: 'Svaret er sendt til dig som brev.',
  delivered: 'Brevet med svaret er overgivet til postvæsenet.',
};

/** Sums a delivery up from its messages, and lets the request follow. The caller holds the lock on the request. */
@Injectable()
export class SettleDelivery {
  constructor(private readonly transitions: Transitions) {}

  async settle(entities: EntityManager, deliveryId: string): Promise<Delivery> {
    const delivery = await entities.findOneByOrFail(Delivery, { id: deliveryId });
    // What a person attested stands, whatever comes late.
    if (delivery.channel === 'manual' || delivery.state === 'undone') return delivery;
    const messages = await entities.find(DeliveryMessage, { where: { deliveryId }, order: { part: 'ASC' } });
    const state = sumUp(messages);
    if (state === null) return delivery;
    const failed = messages.find((message) => message.state === 'failed');
    const summed = {
      state,
      errorText: (failed ?? messages.find((message) => message.state === 'unknown'))?.errorText ?? null,
      submittedAt: latest(messages.map((message) => message.submittedAt)),
      deliveredAt: state === 'delivered' ? latest(messages.map((message) => message.deliveredAt)) : null,
      receiptDueAt: earliest(messages.filter(isOpen).map((message) => message.receiptDueAt)),
    };
    await entities.update(Delivery, { id: deliveryId }, summed);
    if (state !== delivery.state) await this.follow(entities, delivery, state);
    if (failed) await this.tellStaff(entities, delivery, failed, messages);
    return { ...delivery, ...summed };
  }

  private async follow(entities: EntityManager, delivery: Delivery, state: DeliveryState): Promise<void> {
    const wanted = LEADS_TO[state];
    if (!wanted) return;
    const words = wordsOf(delivery);
    const request = await entities.findOneByOrFail(AccessRequest, { id: delivery.requestId });
    const steps = stepsTo(request.state, wanted);
    for (const to of steps)
      await this.transitions.move(entities, delivery.requestId, to, THE_SYSTEM, REASONS[to] as string, words[to]);
  }

  private async tellStaff(
    entities: EntityManager,
    delivery: Delivery,
    failed: DeliveryMessage,
    messages: DeliveryMessage[],
  ): Promise<void> {
    const arrived = messages.filter((message) => message.state === 'delivered').length;
    const others =
      failed.parts > 1
        ? ` Det er besked ${failed.part} af ${failed.parts}; ${arrived === 0 ? 'ingen' : arrived} af dem er afleveret.`
        : '';
    const attention = `${failed.errorText ?? 'Svaret kunne ikke leveres.'}${others}`;
    await entities.update(AccessRequest, { id: delivery.requestId }, { attention });
  }
}

function wordsOf({ mandateId, channel }: Delivery): Partial<Record<RequestState, string>> {
  if (mandateId !== null) return ANOTHERS_WORDS;
  return channel === 'letter' ? LETTER_WORDS : {};
}

/** A receipt can come before the answer to the sending was stored, and after the request was called undeliverable. */
function stepsTo(from: RequestState, to: RequestState): RequestState[] {
  if (from === to) return [];
  return from === 'signed' && to === 'delivered' ? ['submitted', to] : [to];
}

function isOpen({ state }: DeliveryMessage): boolean {
  return state === 'unknown' || state === 'submitted' || state === 'received';
}

function latest(dates: (Date | null)[]): Date | null {
  const known = dates.filter((date): date is Date => date !== null);
  return known.length === 0 ? null : new Date(Math.max(...known.map(Number)));
}

function earliest(dates: (Date | null)[]): Date | null {
  const known = dates.filter((date): date is Date => date !== null);
  return known.length === 0 ? null : new Date(Math.min(...known.map(Number)));
}
