import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Client } from 'pg';
import { prepareDatabase } from '../../src/platform/embedded-postgres';
import { migrate } from '../../src/platform/database/migrate';

export interface TestDatabase {
  adminUrl: string;
  ownerUrl: string;
  programUrl: string;
  /** A connection as superuser to this database, to do what the program may not. */
  asSuperuser<T>(work: (client: Client) => Promise<T>): Promise<T>;
}

/** A migrated database of its own for one spec file, on the server that the run started. */
export async function testDatabase(): Promise<TestDatabase> {
  const adminUrl = process.env['TEST_POSTGRES_ADMIN_URL'] as string;
  const name = `test_${randomBytes(6).toString('hex')}`;
  const { migrationUrl, programUrl } = await prepareDatabase(
    adminUrl,
    name,
    join(process.env['TEST_POSTGRES_SECRETS'] as string),
  );
  await migrate(migrationUrl);
  const own = new URL(adminUrl);
  own.pathname = `/${name}`;
  return {
    adminUrl: own.href,
    ownerUrl: migrationUrl,
    programUrl,
    async asSuperuser(work) {
      const client = new Client({ connectionString: own.href });
      await client.connect();
      try {
        return await work(client);
      } finally {
        await client.end();
      }
    },
  };
}
