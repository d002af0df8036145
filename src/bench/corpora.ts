import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** The folder of public corpora that are measured on and not part of the project: an argument, `CORPORA_DIR`, or beside the clone. */
export function corporaFolder(args: string[]): string {
  const named = args.find((argument) => argument.startsWith('--corpora='))?.slice('--corpora='.length);
  const folder = resolve(named ?? process.env.CORPORA_DIR ?? join(ROOT, '..', 'shared', 'corpora'));
  if (!existsSync(join(folder, 'uner_ddt')))
    throw new Error(`There is no folder uner_ddt in ${folder}. Name the corpora with --corpora=DIR or CORPORA_DIR.`);
  return folder;
}
