import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Settings } from './settings';

/** Unencrypted working files live in a 0700 folder per job, removed at its end and at the next start. */
@Injectable()
export class TemporaryFolders {
  constructor(private readonly settings: Settings) {}

  async use<T>(purpose: string, work: (folder: string) => Promise<T>): Promise<T> {
    await mkdir(this.own, { recursive: true, mode: 0o700 });
    const folder = await mkdtemp(join(this.own, `${purpose}-`));
    try {
      return await work(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Removes what dead processes left behind; a folder is named by the process that uses it. */
  async sweep(): Promise<void> {
    const names = await readdir(this.settings.TEMPORARY_FOLDER).catch(() => [] as string[]);
    const dead = names.filter((name) => /^\d+$/.test(name) && !isAlive(Number(name)));
    await Promise.all(
      dead.map((name) => rm(join(this.settings.TEMPORARY_FOLDER, name), { recursive: true, force: true })),
    );
  }

  private get own(): string {
    return join(this.settings.TEMPORARY_FOLDER, String(process.pid));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
