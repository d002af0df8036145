import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { SourceError } from '../../contracts';
import { withoutCpr } from '../without-cpr';
import type { Manifest, ManifestFile } from './manifest';

export const MANIFEST = 'manifest.json';

/** Hashes that were right, by path, size and time of change: a large export is read through once, not for each request. */
export type KnownHashes = Map<string, string>;

/** Refuses the folder unless it holds exactly what the manifest lists, byte for byte. */
export async function refuseOtherThanListed(
  folder: string,
  manifest: Manifest,
  known: KnownHashes,
  signal: AbortSignal,
): Promise<void> {
  const present = await filesBelow(folder, '');
  const listed = new Map(manifest.files.map((file) => [file.path, file]));
  const extra = present.filter((path) => path !== MANIFEST && !listed.has(path));
  if (extra.length > 0) {
    throw integrity(`holds ${extra.length} files that the manifest does not list, the first is "${extra[0]}"`);
  }
  const missing = manifest.files.filter((file) => !present.includes(file.path));
  if (missing.length > 0) {
    throw integrity(`lacks ${missing.length} files that the manifest lists, the first is "${missing[0].path}"`);
  }
  for (const file of manifest.files) {
    signal.throwIfAborted();
    await refuseChanged(folder, file, known, signal);
  }
}

async function refuseChanged(folder: string, file: ManifestFile, known: KnownHashes, signal: AbortSignal) {
  const path = join(folder, file.path);
  const { size, mtimeMs } = await lstat(path);
  if (size !== file.size) {
    throw integrity(`holds ${size} bytes of "${file.path}" where the manifest says ${file.size}`);
  }
  const key = `${file.path}|${size}|${mtimeMs}`;
  const sha256 = known.get(key) ?? (await hashOf(path, signal));
  if (sha256 !== file.sha256.toLowerCase()) {
    throw integrity(`holds another version of "${file.path}" than the manifest lists (SHA-256 differs)`);
  }
  known.set(key, sha256);
}

async function hashOf(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { signal })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Regular files only: a link could lead out of the folder. */
async function filesBelow(folder: string, below: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    const path = posix.join(below, entry.name);
    if (entry.isDirectory()) found.push(...(await filesBelow(folder, path)));
    else if (entry.isFile()) found.push(path);
    else throw integrity(`holds "${path}", which is neither a file nor a folder`);
  }
  return found;
}

function integrity(what: string): SourceError {
  return new SourceError('integrity', `The drop folder ${withoutCpr(what)}; export it again.`, false);
}
