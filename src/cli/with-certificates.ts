import { DataSource } from 'typeorm';
import { Certificate } from '../decisions/certificate/certificate.entity';
import { OpenRedaction } from '../decisions/certificate/open-redaction';
import { RemovedTexts } from '../decisions/certificate/removed-texts';
import { SigningKey } from '../decisions/certificate/signing-key.entity';
import { SigningKeys } from '../decisions/certificate/signing-keys';
import { FileRow } from '../gathering/file.entity';
import { AuditEntry } from '../platform/audit-log/audit-entry.entity';
import { AuditLog } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Authority } from '../platform/database/authority.entity';
import { Database } from '../platform/database/database';
import { SnakeCaseNames } from '../platform/database/snake-case-names';
import { KeyRing } from '../platform/keys/authority-keys';
import { Settings } from '../platform/settings';
import { Vault } from '../platform/vault/vault';
import { VaultObject } from '../platform/vault/vault-object.entity';
import { Proposal } from '../redaction/proposal.entity';
import { Redaction } from '../redaction/redaction.entity';

export interface Certificates {
  authorityId: string;
  keys: SigningKeys;
  open: OpenRedaction;
  /** The certificate of the latest answer to a request. */
  latestOf(requestNumber: string): Promise<Certificate>;
}

/** Work with a municipality's certificates in its own database and vault (DATABASE_URL, MASTER_KEY_FILE, VAULT_FOLDER). */
export async function withCertificates<T>(
  environment: NodeJS.ProcessEnv,
  cvr: string,
  work: (certificates: Certificates) => Promise<T>,
): Promise<T> {
  const settings = Object.assign(new Settings(), {
    MASTER_KEY_FILE: needed(environment, 'MASTER_KEY_FILE'),
    VAULT_FOLDER: needed(environment, 'VAULT_FOLDER'),
    FIXED_TIME: environment.FIXED_TIME,
  });
  const source = await new DataSource({
    type: 'postgres',
    url: needed(environment, 'DATABASE_URL'),
    entities: [AuditEntry, Authority, Certificate, FileRow, Proposal, Redaction, SigningKey, VaultObject],
    namingStrategy: new SnakeCaseNames(),
  }).initialize();
  try {
    return await work(await certificatesOf(new Database(source), settings, cvr));
  } finally {
    await source.destroy();
  }
}

async function certificatesOf(database: Database, settings: Settings, cvr: string): Promise<Certificates> {
  const authorityId = await database.authorityIdByCvr(cvr);
  if (!authorityId) throw new Error(`There is no municipality with the CVR number ${cvr}.`);
  const clock = new Clock(settings);
  const audit = new AuditLog(clock);
  const keyRing = new KeyRing(database, settings);
  const vault = new Vault(database, keyRing, audit, settings);
  return {
    authorityId,
    keys: new SigningKeys(database, keyRing, audit, clock),
    open: new OpenRedaction(database, new RemovedTexts(database, vault), keyRing, vault, audit),
    latestOf: (number) => latestOf(database, authorityId, number),
  };
}

function latestOf(database: Database, authorityId: string, number: string): Promise<Certificate> {
  return database.inAuthority(authorityId, async (entities) => {
    const found = await entities
      .createQueryBuilder(Certificate, 'c')
      .where('c.request_id in (select id from request where number = :number)', { number })
      .orderBy('c.issued_at', 'DESC')
      .getOne();
    if (!found) throw new Error(`No answer to a request ${number} was certified. Look at the number again.`);
    return found;
  });
}

function needed(environment: NodeJS.ProcessEnv, variable: string): string {
  const value = environment[variable];
  if (!value)
    throw new Error(`${variable} is missing; set it, or name a file with --settings, and run the command again.`);
  return value;
}
