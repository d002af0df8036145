import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { LetterAddress, PrintedLetter } from '../contracts';
import { Decision } from '../decisions/decision.entity';
import { PackageFile } from '../decisions/package-file.entity';
import { Database } from '../platform/database/database';
import { Settings } from '../platform/settings';
import { AccessRequest } from '../requests/request.entity';
import { ApprovedContent } from './approved-content';
import { inOrder } from './compose-memo';
import type { DeliveryMessage } from './delivery-message.entity';
import type { Delivery } from './delivery.entity';

/** Puts the signed package into a letter for the print service: the decision first, the other files after it. */
@Injectable()
export class ComposeLetter {
  constructor(
    private readonly database: Database,
    private readonly content: ApprovedContent,
    private readonly settings: Settings,
  ) {}

  of(delivery: Delivery, message: DeliveryMessage, address: LetterAddress): Promise<PrintedLetter> {
    return this.database.inAuthority(delivery.authorityId, async (entities) => {
      const { number } = await entities.findOneByOrFail(AccessRequest, { id: delivery.requestId });
      const decision = await entities.findOneByOrFail(Decision, { id: delivery.decisionId, state: 'signed' });
      const files = inOrder(await entities.findBy(PackageFile, { id: In(message.fileIds) }), message.fileIds);
      const [letter, ...others] = files;
      return {
        letterId: message.messageUuid,
        shipmentType: this.settings.LETTER_SHIPMENT_TYPE as number,
        title: `Svar på anmodning ${number}`,
        createdAt: (decision.signedAt as Date).toISOString(),
        recipient: address,
        content: this.content.ofFile(letter, delivery.requestId),
        attachments: others.map((file) => ({
          name: file.name,
          content: this.content.ofFile(file, delivery.requestId),
        })),
      };
    });
  }
}
