import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/embedded-postgres';

declare global {
  var testPostgres: EmbeddedPostgres | undefined;
}

const FOLDER = join(__dirname, '..', '..', '.local', 'test-postgres');

/**
 * One PostgreSQL for the whole run, fresh, on a free port. Its superuser's address is in `TEST_POSTGRES_ADMIN_URL`, and
 * a folder for the roles' passwords in `TEST_POSTGRES_SECRETS`. A server that the variable already names is used as it is.
 */
export default async function startTestPostgres(): Promise<void> {
  if (process.env['TEST_POSTGRES_ADMIN_URL']) {
    process.env['TEST_POSTGRES_SECRETS'] ??= join(FOLDER, 'given');
    return;
  }
  removeFoldersOfDeadRuns();
  const server = await startEmbeddedPostgres({ folder: join(FOLDER, `run-${process.pid}`), durable: false });
  globalThis.testPostgres = server;
  process.env['TEST_POSTGRES_ADMIN_URL'] = server.adminUrl;
  process.env['TEST_POSTGRES_SECRETS'] = server.secretsFolder;
  // The template that each test's database is copied from is made here by the migrations.
}

/** Several runs may go on at once on one machine: only what belongs to no living process is removed. */
function removeFoldersOfDeadRuns(): void {
  mkdirSync(FOLDER, { recursive: true });
  for (const name of readdirSync(FOLDER)) {
    const pid = /^run-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(FOLDER, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}
