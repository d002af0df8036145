import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runMigrations as runQueueMigrations } from 'bullmq';
import { Client } from 'pg';

const FOLDER = join(__dirname, 'migrations');
/** Any fixed number: one migration at a time on a server, whoever starts it. */
const ADVISORY_LOCK = 7_213_009_001n;
const PROGRAM_ROLE = 'aktindsigt_program';

/**
 * Brings the database up to this version: own SQL files in order, then the queue's schema. Runs as the owner, under an
 * advisory lock; a file that was changed after it ran is refused.
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK.toString()]);
    const applied = await applyFiles(client);
    await runQueueMigrations(client);
    await grantQueue(client);
    return applied;
  } finally {
    await client.end();
  }
}

async function applyFiles(client: Client): Promise<string[]> {
  await client.query(
    'create table if not exists schema_migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
  );
  const done = new Map(
    (await client.query('select name, sha256 from schema_migration')).rows.map((row) => [row.name, row.sha256]),
  );
  const applied: string[] = [];
  for (const name of (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).sort()) {
    const sql = await readFile(join(FOLDER, name), 'utf8');
    const sha256 = createHash('sha256').update(sql).digest('hex');
    const earlier = done.get(name);
    if (earlier === sha256) continue;
    if (earlier)
      throw new Error(`The migration ${name} was changed after it ran on this database. Put the change in a new file.`);
    await applyFile(client, name, sql, sha256);
    applied.push(name);
  }
  return applied;
}

async function applyFile(client: Client, name: string, sql: string, sha256: string): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into schema_migration (name, sha256) values ($1, $2)', [name, sha256]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`The migration ${name} failed and was rolled back: ${(error as Error).message}`, { cause: error });
  }
}

/** The queue makes a sequence for each queue when it first numbers a job, so the program may create in that schema only. */
async function grantQueue(client: Client): Promise<void> {
  await client.query(`
    grant usage, create on schema bullmq to ${PROGRAM_ROLE};
    grant all on all tables in schema bullmq to ${PROGRAM_ROLE};
    grant all on all sequences in schema bullmq to ${PROGRAM_ROLE};
    grant execute on all functions in schema bullmq to ${PROGRAM_ROLE};`);
}
