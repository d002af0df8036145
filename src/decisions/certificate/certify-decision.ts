import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import type { AbsentTerm } from '../../contracts';
import { verifyOutgoing } from '../../pdf';
import { AuditLog, THE_SYSTEM } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Vault } from '../../platform/vault/vault';
import { DecisionContents, type DecisionContent } from '../decision-content';
import { Decision } from '../decision.entity';
import { PackageFile } from '../package-file.entity';
import { CITIZEN_PAGE, CITIZEN_PART } from './certificate';
import { Certificate } from './certificate.entity';
import { certificatePage } from './certificate-page';
import { citizenContent, municipalContent } from './certified-content';
import { makeCertificate } from './make-certificate';
import { RemovedTexts } from './removed-texts';
import { SigningKeys } from './signing-keys';

interface Made {
  keyId: string;
  issued: Date;
  page: Uint8Array;
  pages: number;
  citizen: Buffer;
  municipality: Buffer;
  redactions: number;
}

/** Certifies what was signed: once a decision, whoever asks first and however often. */
@Injectable()
export class CertifyDecision {
  constructor(
    private readonly database: Database,
    private readonly contents: DecisionContents,
    private readonly texts: RemovedTexts,
    private readonly signingKeys: SigningKeys,
    private readonly keyRing: KeyRing,
    private readonly vault: Vault,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The package has its certificate when this ends. */
  async of(authorityId: string, decisionId: string): Promise<void> {
    const decision = await this.database.inAuthority(authorityId, async (entities) => {
      const isDone = await entities.existsBy(Certificate, { decisionId });
      return isDone ? null : entities.findOneByOrFail(Decision, { id: decisionId, state: 'signed' });
    });
    if (decision) await this.keep(decision, await this.make(decision));
  }

  private async make(decision: Decision): Promise<Made> {
    const content = await this.contents.of(decision);
    const key = await this.signingKeys.current(decision.authorityId);
    const issued = this.clock.now();
    const told = citizenContent(content, issued);
    const page = await certificatePage(told, key.keyId, CITIZEN_PART);
    const inside = municipalContent(
      content,
      await this.removedTexts(content),
      await this.keyRing.of(decision.authorityId),
      issued,
    );
    const sha256 = sha256Of(page);
    const { citizen, municipality } = makeCertificate({ ...told, page: { name: CITIZEN_PAGE, sha256 } }, inside, key);
    const pages = await cleanPages(page, told, content.absent.inTexts);
    return { keyId: key.keyId, issued, page, pages, citizen, municipality, redactions: inside.redactions.length };
  }

  private removedTexts({ documents, redactions }: DecisionContent): Promise<Map<string, string>> {
    return this.texts.of(
      documents.flatMap(({ files }) => files),
      redactions,
    );
  }

  private async keep({ id, authorityId, requestId }: Decision, made: Made): Promise<void> {
    const stored = {
      page: await this.vault.put(authorityId, made.page),
      citizen: await this.vault.put(authorityId, made.citizen),
      municipality: await this.vault.put(authorityId, made.municipality),
    };
    const sha256 = sha256Of(made.citizen);
    await this.database.inAuthority(authorityId, async (entities) => {
      const added: unknown[] = await entities.query(
        `insert into certificate (decision_id, authority_id, request_id, key_id, sha256, municipal_key, municipal_sha256, redactions, issued_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning 1`,
        [
          id,
          authorityId,
          requestId,
          made.keyId,
          sha256,
          stored.municipality.address,
          sha256Of(made.municipality),
          made.redactions,
          made.issued,
        ],
      );
      // Another run was first, and its certificate stands.
      if (added.length === 0) return;
      const position = await entities.countBy(PackageFile, { decisionId: id });
      const row = { authorityId, decisionId: id };
      await entities.insert(PackageFile, [
        {
          ...row,
          kind: 'certificate',
          position,
          name: CITIZEN_PAGE,
          mediaType: 'application/pdf',
          vaultKey: stored.page.address,
          sha256: sha256Of(made.page),
          size: String(stored.page.size),
          pages: made.pages,
        },
        {
          ...row,
          kind: 'certificate-data',
          position: position + 1,
          name: CITIZEN_PART,
          mediaType: 'application/json',
          vaultKey: stored.citizen.address,
          sha256,
          size: String(stored.citizen.size),
          pages: 0,
        },
      ]);
      await this.audit.write(entities, authorityId, {
        actor: THE_SYSTEM,
        action: 'certificate.issue',
        subject: { kind: 'decision', id },
        requestId,
        reason: 'The signed package was certified.',
        details: { sha256, keyId: made.keyId, redactions: made.redactions },
      });
    });
  }
}

/** How many pages it has. The last files of the package go through the gate like the first; digests are no words of anybody’s. */
async function cleanPages(page: Uint8Array, told: object, absent: AbsentTerm[]): Promise<number> {
  const words = JSON.stringify(told, (_name, value: unknown) =>
    typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? '' : value,
  );
  const reports = await Promise.all([
    verifyOutgoing({ name: CITIZEN_PAGE, mediaType: 'application/pdf', content: page }, absent),
    verifyOutgoing({ name: CITIZEN_PART, mediaType: 'application/json', content: words }, absent),
  ]);
  if (reports.every(({ verdict }) => verdict === 'pass')) return reports[0].pages;
  throw new UnrecoverableError(
    'The certificate would hold something that was removed from the documents. Nothing was sent.',
  );
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
