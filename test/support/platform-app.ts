import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module';
import { setUpAuthority } from '../../src/platform/database/authority-set-up';
import { KeyFile } from '../../src/platform/keys/key-file';
import { loadSettings, type Settings } from '../../src/platform/settings';
import { testDatabase, type TestDatabase } from './test-database';

export interface PlatformApp {
  app: INestApplicationContext;
  database: TestDatabase;
  settings: Settings;
  authorityId: string;
  otherAuthorityId: string;
  folder: string;
  close(): Promise<void>;
}

export const SOLBY = {
  cvr: '11223344',
  name: 'Solby Kommune',
  shortName: 'Solby',
  hostNames: ['127.0.0.1'],
  settings: {
    contactPhone: '70 00 00 00',
    contactEmail: 'post@solby.example',
    dpoEmail: 'dpo@solby.example',
    unit: 'Borgerservice',
    address: 'Torvet 1\n9999 Solby',
  },
};
export const NABO = { ...SOLBY, cvr: '55667788', name: 'Nabo Kommune', shortName: 'Nabo', hostNames: ['nabo.example'] };

/** The application without pages on a database of its own, with two authorities. */
export async function platformApp(overrides: Record<string, string> = {}, modules: Type[] = []): Promise<PlatformApp> {
  const database = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-test-'));
  const settings = await testSettings(folder, database, overrides);
  const authorityId = await setUpAuthority(database.ownerUrl, settings.MASTER_KEY_FILE, SOLBY);
  const otherAuthorityId = await setUpAuthority(database.ownerUrl, settings.MASTER_KEY_FILE, NABO);
  const app = await NestFactory.createApplicationContext(AppModule.with(settings, modules), {
    logger: ['error', 'warn'],
  });
  return {
    app,
    database,
    settings,
    authorityId,
    otherAuthorityId,
    folder,
    async close() {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Valid settings whose outside addresses nobody answers. */
export async function testSettings(
  folder: string,
  database: TestDatabase,
  overrides: Record<string, string> = {},
): Promise<Settings> {
  const master = join(folder, 'master.key');
  const audit = join(folder, 'audit.key');
  await KeyFile.create(master);
  await KeyFile.create(audit);
  return loadSettings({
    NODE_ENV: 'test',
    DATABASE_URL: database.programUrl,
    MASTER_KEY_FILE: master,
    AUDIT_KEY_FILE: audit,
    VAULT_FOLDER: join(folder, 'vault'),
    TEMPORARY_FOLDER: join(folder, 'tmp'),
    CITIZEN_OIDC_ISSUER: 'http://127.0.0.1:1',
    CITIZEN_OIDC_CLIENT_SECRET: 'x',
    STAFF_OIDC_ISSUER: 'http://127.0.0.1:1',
    STAFF_OIDC_CLIENT_SECRET: 'x',
    DIGITAL_POST_URL: 'https://127.0.0.1:1/',
    DIGITAL_POST_CERTIFICATE_FILE: master,
    DIGITAL_POST_KEY_FILE: master,
    DIGITAL_POST_SYSTEM_ID: 'x',
    DIGITAL_POST_API_TOKEN: 'x',
    ...overrides,
  });
}
