import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Settings } from './settings';

/** In a container a program has the same number at every start; the letters tell this start from the one that crashed. */
const THIS_PROCESS = `${process.pid}-${randomBytes(4).toString('hex')}`;
const NAME_OF_A_PROCESS = /^(\d+)-[0-9a-f]{8}$/;

/** Unencrypted working files live in a 0700 folder per job, removed at its end and at the next start. */
@Injectable()
export class TemporaryFolders {
  constructor(private readonly settings: Settings) {}

  async use<T>(purpose: string, work: (folder: string) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(this.ownFolder(), `${purpose}-`));
    try {
      return await work(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** This process's folder, for what makes and removes folders of its own; the sweep after a crash finds it. */
  ownFolder(): string {
    const folder = join(this.settings.TEMPORARY_FOLDER, THIS_PROCESS);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** Removes what dead processes left behind; a folder is named by the process that uses it. */
  async sweep(): Promise<void> {
    const names = await readdir(this.settings.TEMPORARY_FOLDER).catch(() => [] as string[]);
    const left = names.filter((name) => NAME_OF_A_PROCESS.test(name) && !isInUse(name));
    await Promise.all(
      left.map((name) => rm(join(this.settings.TEMPORARY_FOLDER, name), { recursive: true, force: true })),
    );
  }
}

function isInUse(name: string): boolean {
  const pid = Number(NAME_OF_A_PROCESS.exec(name)?.[1]);
  return pid === process.pid ? name === THIS_PROCESS : isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
