import { createHash } from 'node:crypto';

/** Every file of a package with its hash: what is signed is the SHA-256 of this. */
export interface Manifest {
  request: string;
  round: number;
  files: { name: string; sha256: string; size: number; pages: number }[];
}

/** In hexadecimal. The members are put in order first: the database keeps them in another. */
export function manifestHash({ request, round, files }: Manifest): string {
  const ordered = {
    request,
    round,
    files: files.map(({ name, sha256, size, pages }) => ({ name, sha256, size, pages })),
  };
  return createHash('sha256').update(JSON.stringify(ordered)).digest('hex');
}
