import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { Not } from 'typeorm';
import { AppModule } from '../../app.module';
import { Decision } from '../../decisions/decision.entity';
import { PackageFile } from '../../decisions/package-file.entity';
import { DeliveryMessage } from '../../delivery/delivery-message.entity';
import { Delivery } from '../../delivery/delivery.entity';
import { Receipt } from '../../delivery/receipt.entity';
import { THE_SYSTEM } from '../../platform/audit-log/audit-log';
import { AuditSealer } from '../../platform/audit-log/sealer';
import { verifyChain } from '../../platform/audit-log/verify-chain';
import { Database } from '../../platform/database/database';
import { KeyFile } from '../../platform/keys/key-file';
import { loadSettings, Settings } from '../../platform/settings';
import { Vault } from '../../platform/vault/vault';
import { keepCertificate } from './keep-certificate';

export interface KeptPackage {
  folder: string;
  files: { name: string; pages: number; sha256: string }[];
  pages: number;
  redactions: number;
  documents: string;
  verdict: string;
  engines: string[];
  checks: number;
  messages: { name: string; messageUUID: string; sha256: string }[];
  receipts: { status: string; at: string }[];
  chain: string;
  certificate: string;
}

/** Everything that was delivered, written into a folder, with the facts that go with it. Each file's hash is checked against what was signed. */
export async function keepPackage(
  settings: Record<string, string>,
  authorityId: string,
  requestId: string,
  folder: string,
): Promise<KeptPackage> {
  const app = await NestFactory.createApplicationContext(AppModule.with(loadSettings(settings), []), {
    logger: ['error'],
  });
  try {
    const read = (address: string) =>
      app.get(Vault).readBytes(authorityId, address, {
        actor: THE_SYSTEM,
        action: 'vault.read',
        subject: { kind: 'package' },
        requestId,
        reason: 'The demo keeps what was delivered.',
      });
    const { decision, files, messages, receipts } = await app
      .get(Database)
      .inAuthority(authorityId, async (entities) => {
        const sent = await entities.findOneByOrFail(Delivery, { requestId, state: Not('undone' as const) });
        return {
          messages: await entities.find(DeliveryMessage, { where: { deliveryId: sent.id }, order: { part: 'ASC' } }),
          decision: await entities.findOneByOrFail(Decision, { id: sent.decisionId }),
          files: await entities.find(PackageFile, {
            where: { decisionId: sent.decisionId },
            order: { position: 'ASC' },
          }),
          receipts: await entities.find(Receipt, { where: { deliveryId: sent.id }, order: { at: 'ASC' } }),
        };
      });
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const { name, vaultKey, sha256 } of files)
      await keep(join(folder, name), await read(vaultKey as string), sha256);
    for (const { part, contentKey, contentSha256 } of messages)
      await keep(join(folder, memoName(part)), await read(contentKey as string), contentSha256 as string);
    const facts = decision.facts;
    if (!facts) throw new Error('The decision has no facts: it was never assembled.');
    return {
      folder,
      files: files.map(({ name, pages, sha256 }) => ({ name, pages, sha256 })),
      pages: facts.pages,
      redactions: facts.redactions,
      documents: `${facts.documents.full} uændret, ${facts.documents.partial} delvist, ${facts.documents.withheld} udeladt, ${facts.documents.outside} uden for`,
      verdict: facts.verification.verdict,
      engines: facts.verification.engines,
      checks: facts.verification.checks,
      messages: messages.map(({ part, messageUuid, contentSha256 }) => ({
        name: memoName(part),
        messageUUID: messageUuid,
        sha256: contentSha256 as string,
      })),
      receipts: receipts.map(({ status, at }) => ({ status, at: at.toISOString() })),
      certificate: await keepCertificate(app, decision, folder),
      chain: await chainOf(app.get(Database), app.get(AuditSealer), app.get(Settings), authorityId),
    };
  } finally {
    await app.close();
  }
}

/** `memo.xml`, and `memo-2.xml` … where the answer takes several messages. */
function memoName(part: number): string {
  return part === 1 ? 'memo.xml' : `memo-${part}.xml`;
}

async function keep(path: string, bytes: Buffer, sha256: string): Promise<void> {
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw new Error(`The file ${path} is not the one that was signed.`);
  await writeFile(path, bytes, { mode: 0o600 });
}

async function chainOf(
  database: Database,
  sealer: AuditSealer,
  settings: { AUDIT_KEY_FILE: string },
  authorityId: string,
): Promise<string> {
  await sealer.seal(authorityId);
  const { key } = await KeyFile.open(settings.AUDIT_KEY_FILE);
  const verdict = await database.inAuthority(authorityId, (entities) => verifyChain(entities, authorityId, key));
  if (!verdict.isWhole) throw new Error(`The audit log is broken: ${verdict.fault}`);
  return `${verdict.sealed} poster, ubrudt`;
}
