import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { packageFolder } from '../../cli/package-folder';
import { MUNICIPAL_PART } from '../../decisions/certificate/certificate';
import { Certificate } from '../../decisions/certificate/certificate.entity';
import { OpenRedaction } from '../../decisions/certificate/open-redaction';
import { SigningKeys } from '../../decisions/certificate/signing-keys';
import { verifyCertificate } from '../../decisions/certificate/verify-certificate';
import type { Decision } from '../../decisions/decision.entity';
import { THE_SYSTEM } from '../../platform/audit-log/audit-log';
import { Database } from '../../platform/database/database';

/** Lies beside the package, since the municipality's part never leaves. */
const INSIDE = 'kommune';
const KEYS = 'noegler.json';

/** Keeps the municipality's part and the published keys, and checks the package against both parts as anybody could. */
export async function keepCertificate(
  app: INestApplicationContext,
  { id, authorityId }: Decision,
  folder: string,
): Promise<string> {
  const certificate = await app
    .get(Database)
    .inAuthority(authorityId, (entities) => entities.findOneByOrFail(Certificate, { decisionId: id }));
  const municipality = await app
    .get(OpenRedaction)
    .municipalPart(certificate, THE_SYSTEM, 'The demo keeps what was certified.');
  const keys = await app.get(SigningKeys).published(authorityId);
  const inside = join(folder, '..', INSIDE);
  await mkdir(inside, { recursive: true, mode: 0o700 });
  await writeFile(join(inside, MUNICIPAL_PART), municipality, { mode: 0o600 });
  await writeFile(join(inside, KEYS), `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  const verdict = verifyCertificate({ ...(await packageFolder(folder)), municipality }, { keys });
  if (verdict.verdict !== 'pass')
    throw new Error(`The certificate does not fit the package: ${verdict.faults.join(' ')}`);
  return `bestået (${verdict.files.length} filer, ${certificate.redactions} fjernede steder, nøgle ${verdict.keyId})`;
}
