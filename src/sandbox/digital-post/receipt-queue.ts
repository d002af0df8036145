import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReceiptStatus } from '../../contracts';
import type { StoredMessage } from './message-store';

export interface ReceiptBody {
  transmissionId: string;
  messageUUID: string;
  messageId: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  timeStamp: string;
  receiptStatus: ReceiptStatus;
}

type Reason = { errorCode: string; errorMessage: string };

export function receiptOf(
  message: Pick<StoredMessage, 'transmissionId' | 'messageUUID' | 'messageId'>,
  receiptStatus: ReceiptStatus,
  reason?: Reason,
): ReceiptBody {
  return {
    transmissionId: message.transmissionId,
    messageUUID: message.messageUUID,
    messageId: message.messageId ?? null,
    errorCode: reason?.errorCode ?? null,
    errorMessage: reason?.errorMessage ?? null,
    timeStamp: new Date().toISOString(),
    receiptStatus,
  };
}

/** Receipts that wait to be fetched, each a file; gone when the sender deletes it. */
export class ReceiptQueue {
  private counter: number;

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.counter = readdirSync(folder).length;
  }

  /** `text`: the receipt as its road writes it. */
  put(text: string, id: string = randomUUID()): string {
    this.counter += 1;
    // The number in front keeps the order of the files the order of coming.
    const name = `${Date.now()}-${String(this.counter).padStart(6, '0')}_${id}.json`;
    writeFileSync(join(this.folder, name), text, { mode: 0o600 });
    return id;
  }

  ids(): string[] {
    return this.files().map(idOf);
  }

  read(id: string): string | undefined {
    const file = this.fileOf(id);
    return file === undefined ? undefined : readFileSync(join(this.folder, file), 'utf8');
  }

  remove(id: string): boolean {
    const file = this.fileOf(id);
    if (file === undefined) return false;
    rmSync(join(this.folder, file));
    return true;
  }

  private fileOf(id: string): string | undefined {
    return this.files().find((file) => idOf(file) === id.toLowerCase());
  }

  private files(): string[] {
    return readdirSync(this.folder)
      .filter((file) => file.endsWith('.json') && statSync(join(this.folder, file)).isFile())
      .sort();
  }
}

function idOf(file: string): string {
  return file.slice(file.indexOf('_') + 1, -'.json'.length);
}
