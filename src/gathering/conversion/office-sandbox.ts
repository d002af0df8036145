import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Isolation } from './conversion-result';

/** Files are cut at 512 MiB (blocks of 512 bytes), memory at 8 GiB of addresses, processor time at ten minutes. */
const BOUNDS = 'ulimit -f 1048576; ulimit -v 8388608; ulimit -t 600;';
const NOBODY = 65_534;

export interface Sandbox {
  isolation: Isolation;
  /** Where the process sees the job's folder. */
  inside(folder: string): string;
  /** The whole command line that runs `command` shut in. */
  wrap(folder: string, command: string[]): string[];
  /** The owner that the job's folder must get before; undefined when it stays as it is. */
  owner: number | undefined;
}

/**
 * As root: no network, own process list, the job's folder is all that is mounted at /mnt, and the user is nobody. The mount
 * makes the folder reachable although only root may enter the folders above it. Its own `tmp` stands for /tmp, so that
 * nothing of others can be seen there and nothing is left there.
 */
const AS_ROOT: Sandbox = {
  isolation: 'namespace',
  owner: NOBODY,
  inside: () => '/mnt',
  wrap: (folder, command) => [
    'unshare',
    ...['--net', '--mount', '--pid', '--fork', '--kill-child', '--'],
    ...[
      'sh',
      '-c',
      `mount --bind "$0" /mnt && mkdir -p -m 1777 /mnt/tmp && chmod 1777 /mnt/tmp && mount --bind /mnt/tmp /tmp && cd /mnt && ${BOUNDS} exec "$@"`,
      folder,
    ],
    ...['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--no-new-privs', '--'],
    ...command,
  ],
};

const AS_USER: Sandbox = {
  isolation: 'namespace',
  owner: undefined,
  inside: (folder) => folder,
  wrap: (_folder, command) => [
    ...['unshare', '--user', '--map-root-user', '--net', '--'],
    ...['sh', '-c', `${BOUNDS} exec "$@"`, 'sh'],
    ...command,
  ],
};

/** Where namespaces are not allowed: only the stripped copy and the settings keep the document from calling home. */
export const WITHOUT_NAMESPACE: Sandbox = {
  isolation: 'none',
  owner: undefined,
  inside: (folder) => folder,
  wrap: (_folder, command) => ['sh', '-c', `${BOUNDS} exec "$@"`, 'sh', ...command],
};

function succeeds([program, ...args]: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program!, args, { stdio: 'ignore', timeout: 10_000 });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

async function worksAsRoot(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-sandbox-'));
  try {
    return await succeeds(AS_ROOT.wrap(folder, ['true']));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function chooseSandbox(): Promise<Sandbox> {
  if (process.getuid?.() === 0 && (await worksAsRoot())) return AS_ROOT;
  if (await succeeds(AS_USER.wrap('/tmp', ['true']))) return AS_USER;
  return WITHOUT_NAMESPACE;
}

let chosen: Promise<Sandbox> | undefined;

/** The strongest way of shutting a program in that this machine allows; tried out once. */
export function strongestSandbox(): Promise<Sandbox> {
  chosen ??= chooseSandbox();
  return chosen;
}
