import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readRoot, type ExportedRoot } from '../platform/audit-log/exported-root';
import { checkTimeStamp } from '../platform/audit-log/time-stamp';

export interface ReadRoots {
  roots: ExportedRoot[];
  /** How many of them have a time stamp that fits. */
  stamped: number;
  /** Sentences about stamps that do not fit. */
  faults: string[];
}

/**
 * Roots from files, or from folders as the program fills them, with the time stamps that lie beside them.
 * @param trusted certificates in PEM of the time-stamp authority; without them a stamp is only known to be about its root
 * @throws a sentence when a file cannot be read or is no root
 */
export async function exportedRoots(paths: string[], trusted?: string): Promise<ReadRoots> {
  const read: ReadRoots = { roots: [], stamped: 0, faults: [] };
  for (const path of (await Promise.all(paths.map(rootFiles))).flat().sort()) {
    const bytes = await readFile(path);
    read.roots.push(readRoot(bytes.toString('utf8'), path));
    const stamp = await readFile(`${path}.tsr`).catch(() => null);
    if (!stamp) continue;
    try {
      await checkTimeStamp(stamp, bytes, trusted);
      read.stamped += 1;
    } catch (error) {
      read.faults.push(`${path}: ${(error as Error).message}`);
    }
  }
  return read;
}

async function rootFiles(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => {
    throw new Error(`There is no file or folder ${path}. Name an exported root, or the folder of them.`);
  });
  if (!found.isDirectory()) return [path];
  const names = await readdir(path, { recursive: true });
  return names.filter((name) => name.endsWith('.json')).map((name) => join(path, name));
}
