import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LetterAddress } from '../contracts';
import { PackageFile } from '../decisions/package-file.entity';
import { MEMO_LIMITS, planMessages } from '../digital-post';
import { Database } from '../platform/database/database';
import { Settings } from '../platform/settings';
import { DeliveryMessage } from './delivery-message.entity';
import { Delivery } from './delivery.entity';
import { isSent } from './sent-files';
import { WriteMessage } from './write-message';

/** Plans and stores every message of a delivery once; none is sent before all of them are there. */
@Injectable()
export class StoreMessages {
  constructor(
    private readonly database: Database,
    private readonly writeMessage: WriteMessage,
    private readonly settings: Settings,
  ) {}

  /** `address`: where a letter goes. */
  async of(delivery: Delivery, address: LetterAddress | undefined): Promise<DeliveryMessage[]> {
    for (const message of await this.planned(delivery))
      if (message.state === 'planned') await this.store(delivery, message, address);
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
      const sent = files.filter(isSent);
      const plan =
        delivery.channel === 'letter' ? [sent.map(({ id }) => id)] : plannedFiles(sent, this.settings.MESSAGE_BYTES);
      await entities.insert(
        DeliveryMessage,
        plan.map((fileIds, index) => ({
          authorityId: delivery.authorityId,
          deliveryId: delivery.id,
          channel: delivery.channel as DeliveryMessage['channel'],
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

  private async store(delivery: Delivery, message: DeliveryMessage, address: LetterAddress | undefined): Promise<void> {
    const stored = await this.write(delivery, message, address);
    await this.database.inAuthority(delivery.authorityId, (entities) =>
      // Another run may have stored it first: the same bytes, since nothing in them is of this run.
      entities.query(
        `update delivery_message set content_key = $2, content_sha256 = $3, content_size = $4, state = 'prepared'
         where id = $1 and state = 'planned'`,
        [message.id, stored.address, stored.sha256, String(stored.bytes)],
      ),
    );
  }

  private write(delivery: Delivery, message: DeliveryMessage, address: LetterAddress | undefined) {
    if (message.channel === 'digital-post') return this.writeMessage.memo(delivery, message);
    if (!address) throw new Error('There is no address for the letter any more. It is tried again.');
    return this.writeMessage.letter(delivery, message, address);
  }
}

/** The letter stands in every message, so that each can be read alone. */
function plannedFiles(files: PackageFile[], rawBytes: number): string[][] {
  const sized = files.map((file) => ({ id: file.id, size: Number(file.size), isLetter: file.kind === 'letter' }));
  const letter = sized.filter(({ isLetter }) => isLetter);
  const plan = planMessages(
    letter,
    sized.filter(({ isLetter }) => !isLetter),
    { files: MEMO_LIMITS.files, rawBytes },
  );
  return plan.map(({ enclosures }) => [...letter, ...enclosures].map(({ id }) => id));
}

/** The messages on the channel that the delivery takes now, in their order. */
export function messagesOf(
  entities: EntityManager,
  { id, channel }: Pick<Delivery, 'id' | 'channel'>,
): Promise<DeliveryMessage[]> {
  if (channel === 'manual') return Promise.resolve([]);
  return entities.find(DeliveryMessage, { where: { deliveryId: id, channel }, order: { part: 'ASC' } });
}
