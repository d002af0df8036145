import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { MemoDocument, MemoMessage } from '../contracts';
import { Decision } from '../decisions/decision.entity';
import { PackageFile } from '../decisions/package-file.entity';
import { numberedLabel } from '../digital-post';
import { Authority } from '../platform/database/authority.entity';
import { Database } from '../platform/database/database';
import { AccessRequest } from '../requests/request.entity';
import { ApprovedContent } from './approved-content';
import type { DeliveryMessage } from './delivery-message.entity';
import type { Delivery } from './delivery.entity';
import { Recipients, type Recipient } from './recipients';
import { labelOf } from './sent-files';

/** Puts files of the signed package into a message. The same decision gives the same bytes: every time in it is the decision's. */
@Injectable()
export class ComposeMemo {
  constructor(
    private readonly database: Database,
    private readonly recipients: Recipients,
    private readonly content: ApprovedContent,
  ) {}

  async of(delivery: Delivery, message: DeliveryMessage): Promise<MemoMessage> {
    const { request, decision, files, recipient, authority } = await this.load(delivery, message);
    const documents: MemoDocument[] = files.map((file) => ({
      label: labelOf(file),
      files: [
        {
          mediaType: file.mediaType,
          fileName: file.name,
          language: 'da',
          content: this.content.ofFile(file, request.id),
        },
      ],
    }));
    const [mainDocument, ...additionalDocuments] = documents;
    const label = `Svar på ${recipient.kind === 'citizen' ? 'din ' : ''}anmodning ${request.number}`;
    return {
      messageUUID: message.messageUuid,
      messageId: decision.id,
      label: numberedLabel(label, message.part, message.parts),
      notification: notificationTo(recipient, authority.name),
      sender: { cvr: authority.cvr, label: authority.name },
      recipient: recipient.kind === 'firm' ? { cvr: recipient.cvr, label: recipient.name } : { cpr: recipient.cpr },
      caseId: { id: request.number, system: 'Aktindsigt' },
      createdAt: (decision.signedAt as Date).toISOString(),
      mainDocument,
      additionalDocuments,
    };
  }

  private load(delivery: Delivery, message: DeliveryMessage) {
    return this.database.inAuthority(delivery.authorityId, async (entities) => {
      const request = await entities.findOneByOrFail(AccessRequest, { id: delivery.requestId });
      return {
        request,
        decision: await entities.findOneByOrFail(Decision, { id: delivery.decisionId, state: 'signed' }),
        files: inOrder(await entities.findBy(PackageFile, { id: In(message.fileIds) }), message.fileIds),
        recipient: await this.recipients.of(entities, request),
        authority: await entities.findOneByOrFail(Authority, { id: delivery.authorityId }),
      };
    });
  }
}

export function inOrder(files: PackageFile[], ids: string[]): PackageFile[] {
  return ids.map((id) => {
    const file = files.find((each) => each.id === id);
    if (!file) throw new Error('A file of the message is not in the package any more. Nothing was sent.');
    return file;
  });
}

function notificationTo(recipient: Recipient, authority: string): string {
  return recipient.kind === 'firm'
    ? `I har fået et brev fra ${authority}. Log ind for at læse det.`
    : `Du har fået et brev fra ${authority}. Log ind for at læse det.`;
}
