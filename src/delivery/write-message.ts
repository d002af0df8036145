import { PassThrough, type Writable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import type { LetterAddress, MemoMessage, PrintedLetter } from '../contracts';
import { Decision } from '../decisions/decision.entity';
import { checkMemo, LetterWriteError, writeLetter, writeMemo } from '../digital-post';
import { verifyOutgoing } from '../pdf';
import { Database } from '../platform/database/database';
import { Vault } from '../platform/vault/vault';
import { RemovedTerms } from '../redaction/removed-terms';
import { ApprovedContent } from './approved-content';
import { ComposeLetter } from './compose-letter';
import { ComposeMemo } from './compose-memo';
import type { DeliveryMessage } from './delivery-message.entity';
import type { Delivery } from './delivery.entity';
import { storageFault } from './storage-fault';

export interface StoredContent {
  address: string;
  sha256: string;
  bytes: number;
}

/** Writes one message or letter into the vault, a piece at a time, and checks what was written. */
@Injectable()
export class WriteMessage {
  constructor(
    private readonly database: Database,
    private readonly composeMemo: ComposeMemo,
    private readonly composeLetter: ComposeLetter,
    private readonly content: ApprovedContent,
    private readonly terms: RemovedTerms,
    private readonly vault: Vault,
  ) {}

  async memo(delivery: Delivery, message: DeliveryMessage): Promise<StoredContent> {
    const memo = await this.composeMemo.of(delivery, message);
    await this.requireCleanOutside(delivery, textsOfMemo(memo));
    const stored = await this.stream(delivery, (out) => writeMemo(memo, out));
    await this.requireAcceptable(delivery, message, stored);
    return stored;
  }

  async letter(delivery: Delivery, message: DeliveryMessage, address: LetterAddress): Promise<StoredContent> {
    const letter = await this.composeLetter.of(delivery, message, address);
    await this.requireCleanOutside(delivery, textsOfLetter(letter));
    try {
      return await this.stream(delivery, (out) => writeLetter(letter, out));
    } catch (error) {
      throw error instanceof LetterWriteError ? new UnrecoverableError(error.message) : error;
    }
  }

  private async stream(
    { authorityId }: Delivery,
    write: (out: Writable) => Promise<{ sha256: string; bytes: number }>,
  ): Promise<StoredContent> {
    const stream = new PassThrough();
    try {
      const [stored, { sha256, bytes }] = await Promise.all([this.vault.put(authorityId, stream), write(stream)]);
      return { address: stored.address, sha256, bytes };
    } catch (error) {
      stream.destroy();
      throw storageFault(error);
    }
  }

  private async requireAcceptable(delivery: Delivery, message: DeliveryMessage, stored: StoredContent): Promise<void> {
    const { address: contentKey, sha256: contentSha256 } = stored;
    const written = { ...message, contentKey, contentSha256, contentSize: String(stored.bytes) };
    const source = this.content.ofMessage(written, delivery.requestId, 'The message is checked before it is sent.');
    const { errors } = await checkMemo(source.open(), { profile: 'sender' });
    if (errors.length === 0) return;
    const faults = errors.map((fault) => fault.message).join(' ');
    throw new UnrecoverableError(`The message would be refused by Digital Post: ${faults}`);
  }

  /** What stands on the outside of a message is read before the login, and that of a letter by the print service. */
  private async requireCleanOutside(delivery: Delivery, texts: string[]): Promise<void> {
    const { round } = await this.database.inAuthority(delivery.authorityId, (entities) =>
      entities.findOneByOrFail(Decision, { id: delivery.decisionId }),
    );
    const { inTexts } = await this.terms.of(delivery.authorityId, delivery.requestId, round);
    const content = texts.join('\n');
    const { verdict } = await verifyOutgoing({ name: '', mediaType: 'text/plain', content }, inTexts);
    if (verdict !== 'pass')
      throw new UnrecoverableError(
        'The header of the message holds something that was removed from the documents. Nothing was sent.',
      );
  }
}

function textsOfMemo({ label, notification, mainDocument, additionalDocuments }: MemoMessage): string[] {
  const documents = [mainDocument, ...additionalDocuments];
  const names = documents.flatMap((each) => [each.label, ...each.files.map((file) => file.fileName)]);
  return [label, notification ?? '', ...names];
}

function textsOfLetter({ title, attachments }: PrintedLetter): string[] {
  return [title, ...attachments.map(({ name }) => name)];
}
