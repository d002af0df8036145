import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module';
import type { StaffUser } from '../identity/sessions';
import { setUpAuthority } from '../platform/database/authority-set-up';
import { migrate } from '../platform/database/migrate';
import { prepareDatabase, startEmbeddedPostgres } from '../platform/embedded-postgres';
import { KeyRing } from '../platform/keys/authority-keys';
import { KeyFile } from '../platform/keys/key-file';
import { loadSettings } from '../platform/settings';
import { WebModule } from '../web/web.module';
import { fillRegister, madeId } from './register-rows';

const NOBODY_ANSWERS = 'http://127.0.0.1:1';

/** The program without its doors, on a PostgreSQL of its own that holds so many deliveries. */
export interface FilledRegister {
  app: INestApplicationContext;
  user: StaffUser;
  /** For rows that the bench adds: the owner's address of the database. */
  ownerUrl: string;
}

export async function withFilledRegister<T>(
  deliveries: number,
  work: (filled: FilledRegister) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-bench-'));
  const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres') });
  try {
    return await onServer(folder, server, deliveries, work);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function onServer<T>(
  folder: string,
  server: { adminUrl: string; secretsFolder: string },
  deliveries: number,
  work: (filled: FilledRegister) => Promise<T>,
): Promise<T> {
  const { migrationUrl, programUrl } = await prepareDatabase(server.adminUrl, 'register', server.secretsFolder);
  await migrate(migrationUrl);
  const settings = await settingsIn(folder, programUrl);
  const authorityId = await setUpAuthority(migrationUrl, settings.MASTER_KEY_FILE, {
    cvr: '11223344',
    name: 'Solby Kommune',
    shortName: 'Solby',
    hostNames: ['127.0.0.1'],
    settings: { contactPhone: '', contactEmail: '', dpoEmail: '', unit: '', address: '' },
  });
  const app = await NestFactory.createApplicationContext(AppModule.with(settings, [WebModule]), { logger: ['error'] });
  try {
    await fillRegister(migrationUrl, authorityId, await app.get(KeyRing).of(authorityId), deliveries);
    const user: StaffUser = {
      kind: 'staff',
      authorityId,
      staffId: madeId('staff', 0),
      name: 'bench',
      roles: ['arkivar'],
    };
    return await work({ app, user, ownerUrl: migrationUrl });
  } finally {
    await app.close();
  }
}

async function settingsIn(folder: string, programUrl: string) {
  const master = join(folder, 'master.key');
  const audit = join(folder, 'audit.key');
  await KeyFile.create(master);
  await KeyFile.create(audit);
  return loadSettings({
    NODE_ENV: 'test',
    DATABASE_URL: programUrl,
    MASTER_KEY_FILE: master,
    AUDIT_KEY_FILE: audit,
    VAULT_FOLDER: join(folder, 'vault'),
    TEMPORARY_FOLDER: join(folder, 'tmp'),
    CITIZEN_OIDC_ISSUER: NOBODY_ANSWERS,
    CITIZEN_OIDC_CLIENT_SECRET: 'x',
    STAFF_OIDC_ISSUER: NOBODY_ANSWERS,
    STAFF_OIDC_CLIENT_SECRET: 'x',
    DIGITAL_POST_URL: 'https://127.0.0.1:1/',
    DIGITAL_POST_CERTIFICATE_FILE: master,
    DIGITAL_POST_KEY_FILE: master,
    DIGITAL_POST_SYSTEM_ID: 'x',
    DIGITAL_POST_API_TOKEN: 'x',
  });
}
