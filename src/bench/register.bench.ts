import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module';
import type { StaffUser } from '../identity/sessions';
import { setUpAuthority } from '../platform/database/authority-set-up';
import { migrate } from '../platform/database/migrate';
import { prepareDatabase, startEmbeddedPostgres } from '../platform/embedded-postgres';
import { KeyRing } from '../platform/keys/authority-keys';
import { KeyFile } from '../platform/keys/key-file';
import { loadSettings } from '../platform/settings';
import { Pages } from '../web/pages';
import { DeliveriesQuery } from '../web/records-officer/archive-queries';
import { DeliveryRegister } from '../web/records-officer/delivery-register';
import { WebModule } from '../web/web.module';
import { type Bench, type Figure, round } from './bench';
import { fillRegister, madeCpr, madeId } from './register-rows';

const DELIVERIES = 100_000;
const RUNS = 20;
const WARM_UP = 3;
const NOBODY_ANSWERS = 'http://127.0.0.1:1';

/** The page of the register on a real PostgreSQL: what it asks the database, what it writes in the log, and its HTML. */
export const registerBench: Bench = {
  name: 'register',
  about: `searches a register of ${DELIVERIES} deliveries`,
  async *run(): AsyncIterable<Figure> {
    const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-bench-'));
    const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres') });
    try {
      yield* await withRegister(folder, server, searches);
    } finally {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function withRegister(
  folder: string,
  server: { adminUrl: string; secretsFolder: string },
  work: (register: DeliveryRegister, user: StaffUser) => Promise<Figure[]>,
): Promise<Figure[]> {
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
    await fillRegister(migrationUrl, authorityId, await app.get(KeyRing).of(authorityId), DELIVERIES);
    const user: StaffUser = {
      kind: 'staff',
      authorityId,
      staffId: madeId('staff', 0),
      name: 'bench',
      roles: ['arkivar'],
    };
    return await work(app.get(DeliveryRegister), user);
  } finally {
    await app.close();
  }
}

async function searches(register: DeliveryRegister, user: StaffUser): Promise<Figure[]> {
  const pages = new Pages();
  const citizen = await register.addressOfCitizen(user, madeCpr(77));
  const asked: [string, Partial<DeliveriesQuery>][] = [
    ['the newest', {}],
    ['in the middle of all', { aeldre: `2024-04-01T12:00:00.000000Z_${madeId('delivery', 1)}` }],
    ['the beginning of a number', { soeg: '2023' }],
    ['one number', { soeg: '2022-012345' }],
    ['one message', { soeg: madeId('message', 54_321) }],
    ['one citizen', { borger: new URLSearchParams(citizen?.split('?')[1]).get('borger') ?? '' }],
    ['state: refused', { status: 'refused' }],
    ['state: no answer yet', { status: 'unknown' }],
    ['a large area', { omraade: '32' }],
    ['a small area', { omraade: '19' }],
    ['an area without deliveries', { omraade: '84' }],
    ['a month', { fra: '2023-05-01', til: '2023-05-31' }],
    ['handed over, in an area, refused', { vej: 'manual', omraade: '27', status: 'refused' }],
  ];
  const figures: Figure[] = [];
  const all: number[] = [];
  for (const [what, query] of asked) {
    const times: number[] = [];
    let rows = 0;
    for (let run = -WARM_UP; run < RUNS; run += 1) {
      const began = process.hrtime.bigint();
      const view = await register.page(user, Object.assign(new DeliveriesQuery(), query));
      pages.render('leverancer', SHELL, view);
      if (run >= 0) times.push(Number(process.hrtime.bigint() - began) / 1e6);
      rows = view.rows.length;
    }
    all.push(...times);
    figures.push({
      what: `register of deliveries, ${what}: 95 of 100 pages within`,
      value: round(percentile95(times)),
      unit: 'ms',
      detail: { rows, runs: RUNS },
    });
  }
  const detail = { deliveries: DELIVERIES, searches: asked.length, runs: all.length };
  return [
    ...figures,
    {
      what: 'register of deliveries, every search: 95 of 100 pages within',
      value: round(percentile95(all)),
      unit: 'ms',
      detail,
    },
  ];
}

function percentile95(times: number[]): number {
  return [...times].sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1];
}

const SHELL = {
  authority: { name: 'Solby Kommune', phone: '', email: '', address: '', dpoEmail: '' },
  person: { name: 'bench', kind: 'staff' as const, roles: ['arkivar'] },
  csrfToken: 'x',
  now: new Date('2026-11-22T09:00:00Z'),
};

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
