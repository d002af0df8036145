import { Injectable } from '@nestjs/common';
import type { MemoFile, MemoMessage } from '../contracts';
import { Decision } from '../decisions/decision.entity';
import { PackageFile } from '../decisions/package-file.entity';
import { People } from '../identity/people';
import { PersonRef } from '../identity/person-ref.entity';
import { THE_SYSTEM } from '../platform/audit-log/audit-log';
import { Authority } from '../platform/database/authority.entity';
import { Database } from '../platform/database/database';
import { Vault } from '../platform/vault/vault';
import { AccessRequest } from '../requests/request.entity';
import type { Delivery } from './delivery.entity';

const LABELS: Record<PackageFile['kind'], string> = {
  letter: 'Afgørelse om aktindsigt',
  aktliste: 'Aktliste',
  package: 'Dine dokumenter',
  'reading-html': 'Læseudgave af dine dokumenter (webside)',
  'reading-pdf': 'Læseudgave af dine dokumenter',
  recording: 'Optagelse',
  certificate: 'Bevis for svaret',
  'certificate-data': 'Bevis for svaret (til maskiner)',
};

/** The only type that every reader of Digital Post is known to take; a page of HTML stays in the portal. */
const SENT_TYPE = 'application/pdf';

/** Puts the signed package into a message. The same decision gives the same bytes: every time in it is the decision's. */
@Injectable()
export class ComposeMemo {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly vault: Vault,
  ) {}

  async of(delivery: Delivery): Promise<MemoMessage> {
    const { request, decision, files, person, authority } = await this.load(delivery);
    const documents = [];
    for (const file of files.filter((each) => each.mediaType === SENT_TYPE))
      documents.push({ label: LABELS[file.kind], files: [await this.content(delivery, file)] });
    const [mainDocument, ...additionalDocuments] = documents;
    return {
      messageUUID: delivery.messageUuid,
      messageId: decision.id,
      label: `Svar på din anmodning ${request.number}`,
      notification: `Du har fået et brev fra ${authority.name}. Log ind for at læse det.`,
      sender: { cvr: authority.cvr, label: authority.name },
      recipient: { cpr: await this.people.cprOf(person) },
      caseId: { id: request.number, system: 'Aktindsigt' },
      createdAt: (decision.signedAt as Date).toISOString(),
      mainDocument,
      additionalDocuments,
    };
  }

  private load(delivery: Delivery) {
    return this.database.inAuthority(delivery.authorityId, async (entities) => {
      const request = await entities.findOneByOrFail(AccessRequest, { id: delivery.requestId });
      return {
        request,
        decision: await entities.findOneByOrFail(Decision, { id: delivery.decisionId, state: 'signed' }),
        files: await entities.find(PackageFile, {
          where: { decisionId: delivery.decisionId },
          order: { position: 'ASC' },
        }),
        person: await entities.findOneByOrFail(PersonRef, { id: request.personRefId }),
        authority: await entities.findOneByOrFail(Authority, { id: delivery.authorityId }),
      };
    });
  }

  private async content(delivery: Delivery, file: PackageFile): Promise<MemoFile> {
    const content = await this.vault.readBytes(delivery.authorityId, file.vaultKey, {
      actor: THE_SYSTEM,
      action: 'vault.read',
      subject: { kind: 'package_file', id: file.id },
      requestId: delivery.requestId,
      reason: 'The signed package is put into the message.',
    });
    return { mediaType: file.mediaType, fileName: file.name, language: 'da', content };
  }
}
