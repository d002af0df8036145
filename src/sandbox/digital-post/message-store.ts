import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The road by which a message came, and by which its receipts go back. */
export type Road = 'ngdp' | 'sf1601';

/** A message or letter that was taken in, once, however often it came. */
export interface StoredMessage {
  /** Of a letter its AfsendelseIdentifikator. */
  messageUUID: string;
  road: Road;
  channel: 'digital' | 'letter';
  transmissionId: string;
  /** The exact bytes as they came. */
  path: string;
  sha256: string;
  bytes: number;
  receivedAt: string;
  /** How often the same bytes came. */
  attempts: number;
  /** A CPR or a CVR number; empty for a letter. */
  recipientCpr: string;
  label: string;
  messageId?: string;
  /** The last receipt was put into the queue. */
  isSettled: boolean;
}

export type MessageFacts = Pick<
  StoredMessage,
  'transmissionId' | 'recipientCpr' | 'label' | 'messageId' | 'road' | 'channel'
>;

/** Messages in a folder: bytes and facts beside each other, so that a new process goes on where the last one ended. */
export class MessageStore {
  private readonly messages = new Map<string, StoredMessage>();

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
      const message = JSON.parse(readFileSync(join(folder, name), 'utf8')) as StoredMessage;
      if (existsSync(message.path)) this.messages.set(message.messageUUID, message);
    }
  }

  all(): StoredMessage[] {
    return [...this.messages.values()].map((message) => ({ ...message }));
  }

  find(messageUUID: string): StoredMessage | undefined {
    return this.messages.get(messageUUID.toLowerCase());
  }

  add(messageUUID: string, body: Buffer, facts: MessageFacts): StoredMessage {
    const id = messageUUID.toLowerCase();
    const path = join(this.folder, `${id}.xml`);
    writeWhole(path, body);
    const message: StoredMessage = {
      ...facts,
      messageUUID: id,
      path,
      sha256: createHash('sha256').update(body).digest('hex'),
      bytes: body.length,
      receivedAt: new Date().toISOString(),
      attempts: 1,
      isSettled: false,
    };
    this.save(message);
    return message;
  }

  cameAgain(message: StoredMessage): void {
    this.save({ ...message, attempts: message.attempts + 1 });
  }

  settle(messageUUID: string): void {
    const message = this.find(messageUUID);
    if (message) this.save({ ...message, isSettled: true });
  }

  private save(message: StoredMessage): void {
    this.messages.set(message.messageUUID, message);
    writeWhole(join(this.folder, `${message.messageUUID}.json`), JSON.stringify(message, null, 2));
  }
}

/** All or nothing: a process killed in the middle leaves the old file. */
function writeWhole(path: string, content: Buffer | string): void {
  writeFileSync(`${path}.part`, content, { mode: 0o600 });
  renameSync(`${path}.part`, path);
}
