import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from './settings';
import { TemporaryFolders } from './temporary-folder';

describe('working folders', () => {
  let root: string;
  let folders: TemporaryFolders;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'aktindsigt-test-'));
    folders = new TemporaryFolders({ TEMPORARY_FOLDER: join(root, 'tmp') } as Settings);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('gives each job a folder that only its owner reads, and removes it at the end', async () => {
    const folder = await folders.use('convert', async (given) => {
      expect((await stat(given)).mode & 0o777).toBe(0o700);
      expect((await stat(folders.ownFolder())).mode & 0o777).toBe(0o700);
      return given;
    });
    expect(existsSync(folder)).toBe(false);
  });

  it('removes the folder of a job that failed', async () => {
    await expect(folders.use('convert', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await readdir(folders.ownFolder())).toEqual([]);
  });

  it('sweeps what dead processes left, also one that had the same number, and nothing that is in use', async () => {
    const own = folders.ownFolder();
    const ended = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(ended, 'exit');
    const dead = join(root, 'tmp', `${ended.pid}-00000000`);
    const earlierStart = join(root, 'tmp', `${process.pid}-00000000`);
    const living = join(root, 'tmp', `${process.ppid}-00000000`);
    for (const folder of [dead, earlierStart, living]) await mkdir(join(folder, 'convert-x'), { recursive: true });
    await folders.sweep();
    expect([own, dead, earlierStart, living].map((folder) => existsSync(folder))).toEqual([true, false, false, true]);
  });
});
