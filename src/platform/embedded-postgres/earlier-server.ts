import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EmbeddedPostgresFailure } from './launch-failure';

/**
 * Waits for a server that is just stopping, removes the pid file of one that died, and refuses while one is running.
 * PostgreSQL itself only asks whether the number is in use, and after a restart of the machine any program may have it.
 */
export async function clearEarlierServer(data: string, patienceMs: number): Promise<void> {
  const pidFile = join(data, 'postmaster.pid');
  const giveUpAt = Date.now() + patienceMs;
  while (existsSync(pidFile)) {
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
    if (!isServerOf(data, pid)) {
      rmSync(pidFile, { force: true });
      return;
    }
    if (Date.now() > giveUpAt) {
      throw new EmbeddedPostgresFailure(
        `PostgreSQL is already running on ${data} (process ${pid}). Stop the program that started it, and start again.`,
      );
    }
    await pause(50);
  }
}

/** True when the process exists and is a PostgreSQL that was given this data folder. */
function isServerOf(data: string, pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  const commandLine = `/proc/${pid}/cmdline`;
  if (existsSync('/proc/self/cmdline')) {
    try {
      return readFileSync(commandLine, 'utf8').split('\0').includes(data);
    } catch {
      return false;
    }
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}
