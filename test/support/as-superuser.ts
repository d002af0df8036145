import { Client } from 'pg';
import type { Town } from '../../src/sandbox/demo/town';

/** A connection as superuser to the town's database, to do what the program may not. */
export async function asSuperuser<T>({ settings }: Town, work: (client: Client) => Promise<T>): Promise<T> {
  const address = new URL(process.env['TEST_POSTGRES_ADMIN_URL'] as string);
  address.pathname = new URL(settings['DATABASE_URL']).pathname;
  const client = new Client({ connectionString: address.href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
