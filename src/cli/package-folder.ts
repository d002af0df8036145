import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CITIZEN_PART, MUNICIPAL_PART } from '../decisions/certificate/certificate';
import type { PackageFolder } from '../decisions/certificate/verify-certificate';

/** Reads what a check of a certificate needs; large files are hashed as they pass. */
export async function packageFolder(path: string): Promise<PackageFolder> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => {
    throw new Error(`There is no folder ${path}. Name the folder that holds the package.`);
  });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  const part = (name: string) => (names.includes(name) ? readFile(join(path, name)) : undefined);
  const files = new Map<string, { sha256: string; size: number }>();
  for (const name of names.filter((each) => each !== CITIZEN_PART && each !== MUNICIPAL_PART).sort())
    files.set(name, await hashOf(join(path, name)));
  return { citizen: await part(CITIZEN_PART), municipality: await part(MUNICIPAL_PART), files };
}

async function hashOf(path: string): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  await pipeline(createReadStream(path), async (chunks) => {
    for await (const chunk of chunks as AsyncIterable<Buffer>) {
      hash.update(chunk);
      size += chunk.length;
    }
  });
  return { sha256: hash.digest('hex'), size };
}
