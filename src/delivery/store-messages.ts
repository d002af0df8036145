import { randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import type { EntityManager } from 'typeorm';
import type { MemoMessage } from '../contracts';
import { Decision } from '../decisions/decision.entity';
import { PackageFile } from '../decisions/package-file.entity';
import { checkMemo, planMessages, writeMemo } from '../digital-post';
import { verifyOutgoing } from '../pdf';
import { Database } from '../platform/database/database';
import { Vault } from '../platform/vault/vault';
import { RemovedTerms } from '../redaction/removed-terms';
import { ApprovedContent } from './approved-content';
import { ComposeMemo } from './compose-memo';
import { DeliveryMessage } from './delivery-message.entity';
import { Delivery } from './delivery.entity';
import { isSent } from './sent-files';
import { storageFault } from './storage-fault';

/** Writes every message of a delivery once, checks it and stores it; none is sent before all of them are there. */
@Injectable()
export class StoreMessages {
  constructor(
    private readonly database: Database,
    private readonly composeMemo: ComposeMemo,
    private readonly content: ApprovedContent,
    private readonly terms: RemovedTerms,
    private readonly vault: Vault,
  ) {}

  async of(delivery: Delivery): Promise<DeliveryMessage[]> {
    for (const message of await this.planned(delivery))
      if (message.state === 'planned') await this.store(delivery, message);
    return this.database.inAuthority(delivery.authorityId, async (entities) => {
      await entities.query(
        `update delivery set state = 'prepared', error_text = null where id = $1 and state = 'queued'`,
        [delivery.id],
      );
      return messagesOf(entities, delivery);
    });
  }

  /** The numbers, the files and the UUID of each message, written down once: of two runs the first one stands. */
  private planned(delivery: Delivery): Promise<DeliveryMessage[]> {
    return this.database.inAuthority(delivery.authorityId, async (entities) => {
      await entities.findOneOrFail(Delivery, { where: { id: delivery.id }, lock: { mode: 'pessimistic_write' } });
      const known = await messagesOf(entities, delivery);
      if (known.length > 0) return known;
      const files = await entities.find(PackageFile, {
        where: { decisionId: delivery.decisionId },
        order: { position: 'ASC' },
      });
      const plan = plannedFiles(files.filter(isSent));
      await entities.insert(
        DeliveryMessage,
        plan.map((fileIds, index) => ({
          authorityId: delivery.authorityId,
          deliveryId: delivery.id,
          channel: 'digital-post' as const,
          part: index + 1,
          parts: plan.length,
          fileIds,
          state: 'planned' as const,
          messageUuid: randomUUID(),
          attempts: 0,
        })),
      );
      return messagesOf(entities, delivery);
    });
  }

  private async store(delivery: Delivery, message: DeliveryMessage): Promise<void> {
    const memo = await this.composeMemo.of(delivery, message);
    await this.requireCleanHeader(delivery, textsOutside(memo));
    const written = await this.write(delivery, memo);
    const stored = {
      ...message,
      contentKey: written.address,
      contentSha256: written.sha256,
      contentSize: String(written.bytes),
    };
    const source = this.content.ofMessage(stored, delivery.requestId, 'The message is checked before it is sent.');
    const { errors } = await checkMemo(source.open(), { profile: 'sender' });
    if (errors.length > 0)
      throw new UnrecoverableError(
        `The message would be refused by Digital Post: ${errors.map((fault) => fault.message).join(' ')}`,
      );
    await this.database.inAuthority(delivery.authorityId, (entities) =>
      // Another run may have stored it first: the same bytes, since nothing in them is of this run.
      entities.query(
        `update delivery_message set content_key = $2, content_sha256 = $3, content_size = $4, state = 'prepared'
         where id = $1 and state = 'planned'`,
        [message.id, written.address, written.sha256, String(written.bytes)],
      ),
    );
  }

  private async write(delivery: Delivery, memo: MemoMessage) {
    const stream = new PassThrough();
    try {
      const [stored, written] = await Promise.all([
        this.vault.put(delivery.authorityId, stream),
        writeMemo(memo, stream),
      ]);
      return { ...written, address: stored.address };
    } catch (error) {
      stream.destroy();
      throw storageFault(error);
    }
  }

  /** What stands on the outside of the message is read before the login. */
  private async requireCleanHeader(delivery: Delivery, texts: string[]): Promise<void> {
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

/** The letter stands in every message, so that each can be read alone. */
function plannedFiles(files: PackageFile[]): string[][] {
  const sized = files.map((file) => ({ id: file.id, size: Number(file.size), isLetter: file.kind === 'letter' }));
  const letter = sized.filter(({ isLetter }) => isLetter);
  const plan = planMessages(
    letter,
    sized.filter(({ isLetter }) => !isLetter),
  );
  return plan.map(({ enclosures }) => [...letter, ...enclosures].map(({ id }) => id));
}

function textsOutside({ label, notification, mainDocument, additionalDocuments }: MemoMessage): string[] {
  const documents = [mainDocument, ...additionalDocuments];
  const names = documents.flatMap((each) => [each.label, ...each.files.map((file) => file.fileName)]);
  return [label, notification ?? '', ...names];
}

/** The messages on the channel that the delivery takes now, in their order. */
export function messagesOf(
  entities: EntityManager,
  { id, channel }: Pick<Delivery, 'id' | 'channel'>,
): Promise<DeliveryMessage[]> {
  if (channel === 'manual') return Promise.resolve([]);
  return entities.find(DeliveryMessage, { where: { deliveryId: id, channel }, order: { part: 'ASC' } });
}
