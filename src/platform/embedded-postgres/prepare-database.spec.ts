import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { prepareDatabase, startEmbeddedPostgres, type EmbeddedPostgres } from '.';

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
