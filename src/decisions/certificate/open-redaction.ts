import { Injectable } from '@nestjs/common';
import { FileRow } from '../../gathering/file.entity';
import { AuditLog, type Actor } from '../../platform/audit-log/audit-log';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Vault } from '../../platform/vault/vault';
import { Redaction } from '../../redaction/redaction.entity';
import type { MunicipalCertificate, Opening, RedactionEntry } from './certificate';
import { Certificate } from './certificate.entity';
import { textOfWhole } from './certified-content';
import { isCommittedTo } from './commitment';
import { openingOf } from './make-certificate';
import { RemovedTexts } from './removed-texts';

/** Shows what was removed at one place, and proves it. Who asks, and why, is in the log before anything is shown. */
@Injectable()
export class OpenRedaction {
  constructor(
    private readonly database: Database,
    private readonly texts: RemovedTexts,
    private readonly keyRing: KeyRing,
    private readonly vault: Vault,
    private readonly audit: AuditLog,
  ) {}

  /** The municipality's part as it was signed. */
  async municipalPart({ authorityId, decisionId, requestId, municipalKey }: Certificate, actor: Actor, reason: string) {
    return this.vault.readBytes(authorityId, municipalKey, {
      actor,
      action: 'vault.read',
      subject: { kind: 'certificate', id: decisionId },
      requestId,
      reason,
    });
  }

  async open(certificate: Certificate, redactionId: string, actor: Actor, reason: string): Promise<Opening> {
    const { authorityId, decisionId, requestId } = certificate;
    await this.database.inAuthority(authorityId, (entities) =>
      this.audit.write(entities, authorityId, {
        actor,
        action: 'certificate.open',
        subject: { kind: 'redaction', id: redactionId },
        requestId,
        reason,
      }),
    );
    const bytes = await this.municipalPart(certificate, actor, reason);
    const part = JSON.parse(bytes.toString('utf8')) as MunicipalCertificate;
    const entry = part.redactions.find(({ id }) => id === redactionId);
    if (!entry) throw new Error(`The certificate holds no redaction ${redactionId}. Name one of its own.`);
    const text = entry.kind === 'passage' ? await this.textOf(certificate, entry, reason) : textOfWhole(entry);
    const salt = (await this.keyRing.of(authorityId)).salt(decisionId, redactionId);
    if (!isCommittedTo(entry.commitment, salt, redactionId, text))
      throw new Error(
        'What the vault holds now is not what was certified. Leave everything as it is and tell the records officer.',
      );
    return openingOf(part, redactionId, salt, text);
  }

  private async textOf({ authorityId }: Certificate, { id }: RedactionEntry, reason: string): Promise<string> {
    const { redaction, file } = await this.database.inAuthority(authorityId, async (entities) => {
      const found = await entities.findOneByOrFail(Redaction, { id });
      return { redaction: found, file: await entities.findOneByOrFail(FileRow, { id: found.fileId }) };
    });
    return (await this.texts.of([file], [redaction], reason)).get(id) ?? '';
  }
}
