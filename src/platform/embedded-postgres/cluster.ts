import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { PostgresBinaries } from './binaries';
import { EmbeddedPostgresFailure } from './launch-failure';
import { ownFolder } from './readable-copy';
import { commandFor, type RunAs } from './run-as';

/** Where one PostgreSQL server keeps its things. */
export interface Cluster {
  /** Passwords and the log; belongs to the user running this program. */
  base: string;
  /** Belongs to the user that PostgreSQL runs as, 0700. */
  data: string;
  logFile: string;
  password: string;
}

/** Opens the cluster of a folder, and makes it first (UTF-8, scram, random password in a 0600 file) when it is new. */
export function openCluster(folder: string, binaries: PostgresBinaries, runAs: RunAs, durable: boolean): Cluster {
  const base = baseFolder(resolve(folder), runAs);
  const cluster = { base, data: join(base, 'data'), logFile: join(base, 'postgres.log') };
  // A start that was killed inside initdb leaves a half cluster; the password is written last, when all is well.
  const passwordFile = join(base, 'password');
  if (existsSync(passwordFile) && existsSync(join(cluster.data, 'PG_VERSION'))) {
    return { ...cluster, password: readFileSync(passwordFile, 'utf8').trim() };
  }
  if (existsSync(passwordFile)) rmSync(passwordFile);
  rmSync(cluster.data, { recursive: true, force: true });
  const password = randomBytes(24).toString('base64url');
  initialise({ ...cluster, password }, binaries, runAs, durable);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  return { ...cluster, password };
}

/**
 * The user that PostgreSQL runs as cannot be expected to reach a clone that only root may enter; its data then lie in
 * the machine's folder for temporary files, one folder for each place on disk.
 */
function baseFolder(folder: string, runAs: RunAs): string {
  if (runAs.mode === 'other-user') {
    const place = createHash('sha256').update(folder).digest('hex').slice(0, 12);
    return ownFolder(join(tmpdir(), `aktindsigt-postgres-${place}`));
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function initialise(cluster: Cluster, binaries: PostgresBinaries, runAs: RunAs, durable: boolean): void {
  const secret = join(cluster.base, 'initdb-password');
  mkdirSync(cluster.data, { mode: 0o700 });
  chmodSync(cluster.data, 0o700);
  writeFileSync(secret, `${cluster.password}\n`, { mode: 0o600 });
  if (runAs.uid !== undefined && runAs.gid !== undefined) {
    for (const path of [cluster.data, secret]) chownSync(path, runAs.uid, runAs.gid);
  }
  const choices = ['--username=postgres', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-instructions'];
  const [program, args] = commandFor(runAs, [
    join(binaries.bin, 'initdb'),
    `--pgdata=${cluster.data}`,
    `--pwfile=${secret}`,
    ...choices,
    ...(durable ? [] : ['--no-sync']),
  ]);
  const ended = spawnSync(program, args, { cwd: cluster.base, uid: runAs.uid, gid: runAs.gid, encoding: 'utf8' });
  rmSync(secret, { force: true });
  if (ended.status === 0) return;
  rmSync(cluster.data, { recursive: true, force: true });
  const words = (ended.error?.message ?? `${ended.stdout}${ended.stderr}`).trim().split('\n').slice(-8).join('\n  ');
  throw new EmbeddedPostgresFailure(
    `PostgreSQL could not make its data folder ${cluster.data} (initdb, mode ${runAs.mode}). Its last words were:\n  ${words}`,
  );
}
