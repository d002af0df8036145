import { createHash } from 'node:crypto';
import { chmodSync, cpSync, lstatSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { PostgresBinaries } from './binaries';
import { EmbeddedPostgresFailure } from './launch-failure';

/**
 * A copy of the programs that every user of the machine can read and only root can change. A copy that is there already
 * is used when it is byte for byte the installed one, and replaced when not.
 */
export function readableCopy(binaries: PostgresBinaries): PostgresBinaries {
  if (!binaries.fromNpm) return binaries;
  const root = join(tmpdir(), `aktindsigt-pg-${binaries.version}`);
  const copy = { ...binaries, root, bin: join(root, 'bin') };
  const wanted = fingerprint(binaries.root);
  if (isOurs(root) && fingerprint(root) === wanted) return copy;
  const fresh = `${root}.${process.pid}.new`;
  rmSync(fresh, { recursive: true, force: true });
  cpSync(binaries.root, fresh, { recursive: true, verbatimSymlinks: true });
  openForReading(fresh);
  // A rename over a folder that another start made in the meantime fails; theirs is then checked like any other.
  rmSync(root, { recursive: true, force: true });
  try {
    renameSync(fresh, root);
  } catch {
    rmSync(fresh, { recursive: true, force: true });
  }
  if (!isOurs(root) || fingerprint(root) !== wanted) {
    throw new EmbeddedPostgresFailure(
      `The copy of PostgreSQL in ${root} differs from the installed one or belongs to someone else. Remove that folder and start again.`,
    );
  }
  return copy;
}

/** Makes a folder that belongs to the user running this program and that others can pass through but not change. */
export function ownFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  if (!isOurs(folder)) {
    throw new EmbeddedPostgresFailure(
      `The folder ${folder} belongs to another user or others may write in it. Remove it and start again.`,
    );
  }
  return folder;
}

function isOurs(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found !== undefined && found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}

function openForReading(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openForReading(path);
    else if (entry.isFile()) chmodSync(path, (lstatSync(path).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

/** SHA-256 over every path, link target and file content below a folder. */
function fingerprint(root: string): string {
  const sum = createHash('sha256');
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      sum.update(`${relative(root, path)}\0`);
      if (entry.isDirectory()) walk(path);
      else sum.update(entry.isSymbolicLink() ? readlinkSync(path) : readFileSync(path));
    }
  };
  walk(root);
  return sum.digest('hex');
}
