import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { prepareDatabase, startEmbeddedPostgres, type EmbeddedPostgres } from '.';
import { prepareServer } from './prepare-server';

let server: EmbeddedPostgres;

beforeAll(async () => {
  server = await startEmbeddedPostgres({ folder: mkdtempSync(join(tmpdir(), 'aktindsigt-spec-')), durable: false });
});

afterAll(async () => {
  await server.stop();
  rmSync(server.secretsFolder, { recursive: true, force: true });
});

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

it('gives the same two addresses every time, also to starts at the same moment', async () => {
  const prepare = (): ReturnType<typeof prepareDatabase> =>
    prepareDatabase(server.adminUrl, 'solby', server.secretsFolder);
  const first = await prepare();
  expect(await Promise.all([prepare(), prepare()])).toEqual([first, first]);
  expect(await ask(first.migrationUrl, 'select current_user as who')).toEqual([{ who: 'aktindsigt_owner' }]);
  expect(await ask(first.programUrl, 'select current_user as who')).toEqual([{ who: 'aktindsigt_program' }]);
});

it('keeps the passwords in a file that only the owner reads', async () => {
  await prepareDatabase(server.adminUrl, 'solby', server.secretsFolder);
  expect(statSync(join(server.secretsFolder, 'role-passwords.json')).mode & 0o777).toBe(0o600);
});

it('gives neither role the power to see past row-level security', async () => {
  const { programUrl } = await prepareDatabase(server.adminUrl, 'solby', server.secretsFolder);
  const roles = await ask(
    programUrl,
    `select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as powerful
       from pg_roles where rolname like 'aktindsigt_%' order by rolname`,
  );
  expect(roles).toEqual([
    { rolname: 'aktindsigt_owner', powerful: false },
    { rolname: 'aktindsigt_program', powerful: false },
  ]);
});

it('lets the owner make tables and the program not', async () => {
  const { migrationUrl, programUrl } = await prepareDatabase(server.adminUrl, 'solby', server.secretsFolder);
  await ask(migrationUrl, 'create table if not exists made_by_owner (id int)');
  await expect(ask(programUrl, 'create table made_by_program (id int)')).rejects.toThrow(/permission denied/);
  await expect(ask(programUrl, 'create schema made_by_program')).rejects.toThrow(/permission denied/);
});

it("prepares an operator's server with the passwords of the environment, and sets them anew when they change", async () => {
  const environment = {
    ADMIN_DATABASE_URL: server.adminUrl,
    DATABASE_NAME: 'own',
    OWNER_PASSWORD: "it's'",
    PROGRAM_PASSWORD: 'a',
  };
  await prepareServer(environment);
  expect(await prepareServer({ ...environment, PROGRAM_PASSWORD: 'b' })).toMatch(/database own are there/);
  const address = (role: string, password: string): string =>
    `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${server.port}/own`;
  expect(await ask(address('aktindsigt_owner', "it's'"), 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(await ask(address('aktindsigt_program', 'b'), 'select 1 as one')).toEqual([{ one: 1 }]);
  await expect(ask(address('aktindsigt_program', 'a'), 'select 1')).rejects.toThrow(/password authentication failed/);
});

it('names the settings that are missing to prepare a server', async () => {
  await expect(prepareServer({ DATABASE_NAME: 'own' })).rejects.toThrow(
    'These settings are missing: ADMIN_DATABASE_URL, OWNER_PASSWORD, PROGRAM_PASSWORD.',
  );
});
