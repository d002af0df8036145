import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { ReceiptStatus } from '../../contracts';
import { ContactTable } from './contact-table';
import { MessageStore, type MessageFacts, type StoredMessage } from './message-store';
import { receiptOf, ReceiptQueue, type ReceiptBody } from './receipt-queue';
import { ScenarioBook, type Scenario } from './scenario';
import { beskedOf, STRANGER } from './sf1601/besked';

export interface PostOfficeSettings {
  /** Messages and receipts are kept here. */
  folder: string;
  /** The municipality that receipts of SF1601 are for. */
  cvr: string;
  /** Milliseconds from taking a message in to its last receipt; default 1,500. */
  receiptDelayMs?: number;
  /** Told of every receipt that is put into a queue; `isForged`: it must come from somebody else than the post. */
  onReceipt?: (id: string, text: string, road: StoredMessage['road'], isForged: boolean) => void;
}

/** What happens behind the door: messages taken in, who can receive, receipts at once and later. */
export class PostOffice {
  readonly contacts = new ContactTable();
  readonly scenarios = new ScenarioBook();
  readonly messages: MessageStore;
  /** Receipts of NgDP, and messages of Beskedfordeler. */
  readonly receipts: ReceiptQueue;
  readonly beskeder: ReceiptQueue;
  /** The last receipts of messages, waiting for their time. */
  private readonly later = new Map<string, { timer: NodeJS.Timeout; emit: () => void }>();

  constructor(private readonly settings: PostOfficeSettings) {
    this.messages = new MessageStore(join(settings.folder, 'messages'));
    this.receipts = new ReceiptQueue(join(settings.folder, 'receipts'));
    this.beskeder = new ReceiptQueue(join(settings.folder, 'beskeder'));
    // A stand-in that was stopped owes these.
    for (const message of this.messages.all()) if (!message.isSettled) this.scheduleLast(message, undefined);
  }

  takeIn(
    body: Buffer,
    messageUUID: string,
    facts: Omit<MessageFacts, 'transmissionId'>,
    scenario?: Scenario,
  ): StoredMessage {
    const message = this.messages.add(messageUUID, body, { ...facts, transmissionId: randomUUID() });
    if (scenario?.kind === 'forged-receipt') this.emit(message, receiptOf(message, 'COMPLETED'), scenario);
    if (scenario?.kind === 'no-receipt' || scenario?.kind === 'forged-receipt') {
      this.messages.settle(message.messageUUID);
      return message;
    }
    if (scenario?.kind !== 'disorder') this.emit(message, receiptOf(message, firstStatus(message)), scenario);
    this.scheduleLast(message, scenario);
    return message;
  }

  /** Receipts that wait for their time come now: all, or those of one message. */
  releaseReceipts(messageUUID?: string): void {
    for (const [id, { timer, emit }] of [...this.later]) {
      if (messageUUID !== undefined && id !== messageUUID.toLowerCase()) continue;
      clearTimeout(timer);
      emit();
    }
  }

  close(): void {
    for (const { timer } of this.later.values()) clearTimeout(timer);
    this.later.clear();
  }

  private scheduleLast(message: StoredMessage, scenario: Scenario | undefined): void {
    const emit = () => {
      this.later.delete(message.messageUUID);
      for (const receipt of this.lastReceipts(message, scenario)) this.emit(message, receipt, scenario);
      if (scenario?.kind === 'disorder') this.emit(message, receiptOf(message, firstStatus(message)), scenario);
      if (scenario?.kind === 'unknown-receipt') {
        const nobodys = { transmissionId: randomUUID(), messageUUID: randomUUID() };
        this.emit(message, receiptOf(nobodys, 'COMPLETED'), undefined);
      }
      this.messages.settle(message.messageUUID);
    };
    const timer = setTimeout(emit, this.settings.receiptDelayMs ?? 1500);
    timer.unref();
    this.later.set(message.messageUUID, { timer, emit });
  }

  private lastReceipts(message: StoredMessage, scenario: Scenario | undefined): ReceiptBody[] {
    const failed = (status: ReceiptStatus, errorCode: string, errorMessage: string) => [
      receiptOf(message, status, { errorCode, errorMessage }),
    ];
    if (scenario?.kind === 'invalid')
      return failed('INVALID', 'memo.invalid', `The message for ${message.recipientCpr} could not be shown.`);
    if (scenario?.kind === 'unknown-code') return failed('INVALID', 'sandkasse.4711', 'Something unheard of happened.');
    if (scenario?.kind === 'recalled') return [receiptOf(message, 'RECALLED')];
    if (scenario?.kind === 'returned') return [receiptOf(message, 'HANDED_OVER'), receiptOf(message, 'RETURNED')];
    if (message.channel === 'letter') return [receiptOf(message, 'POSTED'), receiptOf(message, 'HANDED_OVER')];
    const status = scenario?.kind === 'exempt-between' ? 'EXEMPT' : this.contacts.statusOf(message.recipientCpr);
    if (status === 'REGISTERED') return [receiptOf(message, 'COMPLETED')];
    return failed('NOT_ALLOWED', 'recipient.not-allowed', 'The recipient does not receive Digital Post.');
  }

  private emit(message: StoredMessage, receipt: ReceiptBody, scenario: Scenario | undefined): void {
    const times = scenario?.kind === 'duplicate-receipt' ? 2 : 1;
    const isForged = scenario?.kind === 'forged-receipt';
    for (let time = 0; time < times; time += 1) this.put(message, receipt, isForged);
  }

  private put(message: StoredMessage, receipt: ReceiptBody, isForged: boolean): void {
    const { cvr, onReceipt } = this.settings;
    const id = randomUUID();
    const isNgdp = message.road === 'ngdp';
    const wish = { id, cvr, channel: message.channel, actor: isForged ? STRANGER : undefined };
    const text = isNgdp ? JSON.stringify(receipt) : beskedOf(receipt, wish);
    // A forger has no way into the queue that is fetched over mutual TLS; he can only push.
    if (isNgdp && !isForged) this.receipts.put(text, id);
    if (!isNgdp) this.beskeder.put(text, id);
    onReceipt?.(id, text, message.road, isForged);
  }
}

function firstStatus({ channel }: StoredMessage): ReceiptStatus {
  return channel === 'letter' ? 'PRINTING' : 'RECEIVED';
}
