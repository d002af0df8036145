import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ContactTable } from './contact-table';
import { MessageStore, type StoredMessage } from './message-store';
import { receiptOf, ReceiptQueue, type ReceiptBody } from './receipt-queue';
import { ScenarioBook, type Scenario } from './scenario';

export interface PostOfficeSettings {
  /** Messages and receipts are kept here. */
  folder: string;
  /** Milliseconds from taking a message in to its last receipt; default 1,500. */
  receiptDelayMs?: number;
  /** Told of every receipt that is put into the queue. */
  onReceipt?: (id: string, receipt: ReceiptBody) => void;
}

/** What happens behind the door: messages taken in, who can receive, receipts at once and later. */
export class PostOffice {
  readonly contacts = new ContactTable();
  readonly scenarios = new ScenarioBook();
  readonly messages: MessageStore;
  readonly receipts: ReceiptQueue;
  /** The last receipts of messages, waiting for their time. */
  private readonly later = new Map<string, { timer: NodeJS.Timeout; emit: () => void }>();

  constructor(private readonly settings: PostOfficeSettings) {
    this.messages = new MessageStore(join(settings.folder, 'messages'));
    this.receipts = new ReceiptQueue(join(settings.folder, 'receipts'));
    // A stand-in that was stopped owes these.
    for (const message of this.messages.all()) if (!message.isSettled) this.scheduleLast(message, undefined);
  }

  takeIn(
    body: Buffer,
    facts: { messageUUID: string; recipientCpr: string; label: string; messageId?: string },
    scenario?: Scenario,
  ) {
    const message = this.messages.add(facts.messageUUID, body, { ...facts, transmissionId: randomUUID() });
    const received = receiptOf(message, 'RECEIVED');
    if (scenario?.kind === 'no-receipt') this.messages.settle(message.messageUUID);
    else {
      if (scenario?.kind !== 'disorder') this.emit(received, scenario);
      this.scheduleLast(message, scenario);
    }
    return received;
  }

  /** All receipts that wait for their time come now. */
  releaseReceipts(): void {
    for (const { timer, emit } of [...this.later.values()]) {
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
      this.emit(this.lastReceipt(message, scenario), scenario);
      if (scenario?.kind === 'disorder') this.emit(receiptOf(message, 'RECEIVED'), scenario);
      if (scenario?.kind === 'unknown-receipt') {
        this.emit(receiptOf({ transmissionId: randomUUID(), messageUUID: randomUUID() }, 'COMPLETED'), undefined);
      }
      this.messages.settle(message.messageUUID);
    };
    const timer = setTimeout(emit, this.settings.receiptDelayMs ?? 1500);
    timer.unref();
    this.later.set(message.messageUUID, { timer, emit });
  }

  private lastReceipt(message: StoredMessage, scenario: Scenario | undefined): ReceiptBody {
    if (scenario?.kind === 'invalid') {
      return receiptOf(message, 'INVALID', {
        errorCode: 'memo.invalid',
        errorMessage: `The message for ${message.recipientCpr} could not be shown.`,
      });
    }
    const status = scenario?.kind === 'exempt-between' ? 'EXEMPT' : this.contacts.statusOf(message.recipientCpr);
    if (status === 'REGISTERED') return receiptOf(message, 'COMPLETED');
    return receiptOf(message, 'NOT_ALLOWED', {
      errorCode: 'recipient.not-allowed',
      errorMessage: 'The recipient does not receive Digital Post.',
    });
  }

  private emit(receipt: ReceiptBody, scenario: Scenario | undefined): void {
    const times = scenario?.kind === 'duplicate-receipt' ? 2 : 1;
    for (let time = 0; time < times; time += 1) this.settings.onReceipt?.(this.receipts.put(receipt), receipt);
  }
}
