import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { EmbeddedPostgresFailure } from './launch-failure';

/**
 * PostgreSQL refuses to run as root. How it is run instead:
 * `directly` as the ordinary user that started the program;
 * `namespace` in a user namespace in which root is seen as user 1000 (files stay root's, nothing is copied);
 * `other-user` as another user of the machine, from a copy of the programs which that user can read.
 */
export type RunMode = 'directly' | 'namespace' | 'other-user';

export interface RunAs {
  mode: RunMode;
  /** Set for `other-user` only. */
  uid?: number;
  gid?: number;
}

const INTO_NAMESPACE = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'];

/** Chooses the mode for the user that runs this program, or checks that the mode asked for is possible. */
export function chooseRunAs(asked?: RunMode): RunAs {
  const root = process.getuid?.() === 0;
  const mode = asked ?? (root ? (namespaceWorks() ? 'namespace' : 'other-user') : 'directly');
  if (mode === 'directly' && root) {
    throw new EmbeddedPostgresFailure('PostgreSQL refuses to run as root. Choose the mode namespace or other-user.');
  }
  if (mode === 'namespace' && !namespaceWorks()) {
    throw new EmbeddedPostgresFailure(
      'This machine does not let the program make a user namespace (unshare --user failed). Choose the mode other-user.',
    );
  }
  if (mode !== 'other-user') return { mode };
  if (!root) throw new EmbeddedPostgresFailure('Only root can start PostgreSQL as another user.');
  return { mode, ...unprivilegedUser() };
}

/** The command line that runs a program in the chosen mode; uid and gid go to spawn. */
export function commandFor(runAs: RunAs, command: string[]): [string, string[]] {
  const [program, ...rest] = runAs.mode === 'namespace' ? [...INTO_NAMESPACE, ...command] : command;
  return [program as string, rest];
}

function namespaceWorks(): boolean {
  const [program, ...rest] = [...INTO_NAMESPACE, 'true'];
  return spawnSync(program as string, rest, { stdio: 'ignore', cwd: '/' }).status === 0;
}

/** The user `postgres` when the machine has one (it holds nothing else), else `nobody`. */
function unprivilegedUser(): { uid: number; gid: number } {
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = users.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields && Number(fields[2]) > 0) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new EmbeddedPostgresFailure(
    'The program runs as root and the machine has neither a user postgres nor a user nobody to run PostgreSQL as. ' +
      'Start the program as an ordinary user, or set DATABASE_URL.',
  );
}
