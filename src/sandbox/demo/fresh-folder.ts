import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What a demo makes anew; keys, certificates and the database's passwords go with what they open. */
const MADE = [
  'digital-post',
  'drop-folder',
  'keys',
  'mail',
  'package',
  'postgres',
  'program.log',
  'secrets',
  'tmp',
  'vault',
];

/** Every demo begins with nothing, so that it shows the same thing twice. */
export async function freshFolder(folder: string): Promise<void> {
  for (const name of MADE) await rm(join(folder, name), { recursive: true, force: true });
}
