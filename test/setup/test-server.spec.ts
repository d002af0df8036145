import { Client } from 'pg';

it('gives every test run a PostgreSQL of its own', async () => {
  const client = new Client({ connectionString: process.env['TEST_POSTGRES_ADMIN_URL'] });
  await client.connect();
  const { rows } = await client.query<{ who: string }>('select current_user as who');
  await client.end();
  expect(rows).toEqual([{ who: 'postgres' }]);
});
