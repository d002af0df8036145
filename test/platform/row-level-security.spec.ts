import { Client } from 'pg';
import { People } from '../../src/identity/people';
import { Database } from '../../src/platform/database/database';
import { platformApp, type PlatformApp } from '../support/platform-app';

describe('an authority sees its own rows only', () => {
  let platform: PlatformApp;
  beforeAll(async () => {
    platform = await platformApp();
    const { app, authorityId, otherAuthorityId } = platform;
    for (const authority of [authorityId, otherAuthorityId]) {
      await app
        .get(Database)
        .inAuthority(authority, (entities) =>
          app.get(People).findOrAdd(entities, authority, '1203881234', 'Ida Prøve'),
        );
    }
  });
  afterAll(() => platform.close());

  const asProgram = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
    const client = new Client({ connectionString: platform.database.programUrl });
    await client.connect();
    return work(client).finally(() => client.end());
  };

  it('shows one of two persons with the same CPR number', async () => {
    const rows = await platform.app
      .get(Database)
      .inAuthority(platform.authorityId, (entities) => entities.query('select authority_id from person_ref'));
    expect(rows).toEqual([{ authority_id: platform.authorityId }]);
  });

  it('shows nothing outside a transaction that names its authority', async () => {
    const counts = await asProgram(async (client) => {
      const { rows } = await client.query(
        `select table_name from information_schema.columns where table_schema = 'public' and column_name = 'authority_id' order by 1`,
      );
      return Promise.all(
        rows.map(
          async ({ table_name }) =>
            (await client.query(`select count(*)::int as count from ${table_name}`)).rows[0].count,
        ),
      );
    });
    expect(counts.length).toBeGreaterThan(20);
    expect(counts.every((count) => count === 0)).toBe(true);
  });

  it('refuses a row for another authority', async () => {
    const { app, authorityId, otherAuthorityId } = platform;
    const insert = app
      .get(Database)
      .inAuthority(authorityId, (entities) =>
        app.get(People).findOrAdd(entities, otherAuthorityId, '1203881235', 'Bo Prøve'),
      );
    await expect(insert).rejects.toThrow(/row-level security/);
  });

  it('forgets the authority when the transaction ends', async () => {
    await asProgram(async (client) => {
      await client.query('begin');
      await client.query(`select set_config('app.authority', $1, true)`, [platform.authorityId]);
      await client.query('commit');
      expect((await client.query('select count(*)::int as count from person_ref')).rows[0].count).toBe(0);
    });
  });

  it('has a policy on every table that belongs to an authority', async () => {
    const without = await platform.database.asSuperuser((client) =>
      client.query(
        `select c.table_name from information_schema.columns c join pg_class p on p.relname = c.table_name and p.relnamespace = 'public'::regnamespace
       where c.table_schema = 'public' and c.column_name = 'authority_id' and not p.relrowsecurity`,
      ),
    );
    expect(without.rows).toEqual([]);
  });

  it.each([
    'update audit_entry set reason = $$x$$',
    'delete from audit_entry',
    'delete from audit_seal',
    'update audit_seal set mac = entry_hash',
    'truncate audit_entry',
    'truncate audit_seal',
    'delete from audit_root',
    'update audit_root set mac = $$x$$',
    'update certificate set sha256 = $$x$$',
    'delete from certificate',
    'update signing_key set public_key = $$x$$',
    'delete from signing_key',
    'update receipt set raw = $$x$$',
    'insert into ground_fit values ($$X$$, $$Y$$)',
  ])('does not let the program %s', async (statement) => {
    await expect(asProgram((client) => client.query(statement))).rejects.toThrow(/permission denied/);
  });

  it.each([
    'alter table audit_entry disable trigger all',
    'drop table audit_seal',
    'create trigger t before insert on audit_entry execute function now()',
  ])('does not let the program %s, which is the owner’s', async (statement) => {
    await expect(asProgram((client) => client.query(statement))).rejects.toThrow(/must be owner|permission denied/);
  });

  it('runs the program as a role without power over policies', async () => {
    const { rows } = await asProgram((client) =>
      client.query('select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user'),
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false }]);
  });
});
