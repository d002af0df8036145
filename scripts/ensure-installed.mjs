import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './setup/built.mjs';
import { ensureInstalled } from './setup/installed.mjs';
import { requireNode } from './setup/node-version.mjs';
import { alone } from './setup/setup-lock.mjs';

/** The folder of the clone. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Makes a bare clone ready to run: the right Node, the packages of the lockfile, the program built. Silent when it is. */
export async function ensureReady() {
  requireNode();
  await alone(join(root, '.local', 'setup.lock'), async () => {
    await ensureInstalled(root);
    await ensureBuilt(root);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureReady();
