import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { say } from './say.mjs';

/** Does the work alone: two starts at once would install and build into the same folders. */
export async function alone(lockFile, work) {
  await take(lockFile);
  const release = () => rmSync(lockFile, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

async function take(lockFile) {
  mkdirSync(dirname(lockFile), { recursive: true });
  for (let told = false; ;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      return;
    } catch (cause) {
      if (cause.code !== 'EEXIST') throw cause;
    }
    const holder = holderOf(lockFile);
    if (holder !== undefined && !isAlive(holder)) {
      removeOf(lockFile, holder);
      continue;
    }
    if (!told) say(`Another start is preparing the program (process ${holder ?? 'unknown'}); waiting for it.`);
    told = true;
    await pause(300);
  }
}

/** Several may find the same dead holder: only its lock is removed, not the one that the first of them made since. */
function removeOf(lockFile, holder) {
  const aside = `${lockFile}.${process.pid}`;
  try {
    renameSync(lockFile, aside);
  } catch {
    return;
  }
  if (holderOf(aside) === holder) rmSync(aside, { force: true });
  else renameSync(aside, lockFile);
}

/** Undefined while the other start has made the file and not yet written its number. */
function holderOf(lockFile) {
  try {
    return Number(readFileSync(lockFile, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause.code === 'EPERM';
  }
}
