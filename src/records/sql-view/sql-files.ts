import { createReadStream } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { SourceError } from '../../contracts';
import { contractError, sentence, type Asked } from '../http/source-errors';
import type { SqlReader } from './sql-reader';
import type { SqlViewSettings } from './sql-view-settings';

/** Bytes of one part of a large object as it is fetched. */
const CHUNK = 1024 * 1024;

/** The bytes that `v_file.path_or_lo` points at: a number is a large object, anything else a path below the folder. */
export async function openFile(
  reader: SqlReader,
  { filesFolder }: SqlViewSettings,
  pathOrLo: string,
  asked: Asked,
  signal: AbortSignal,
): Promise<AsyncIterable<Buffer>> {
  if (/^\d+$/.test(pathOrLo)) return largeObject(reader, pathOrLo, asked, signal);
  if (!filesFolder) throw contractError(asked, 'gave a path, and the settings name no folder for files');
  return createReadStream(await pathBelow(filesFolder, pathOrLo, asked), { signal }) as AsyncIterable<Buffer>;
}

/** Part by part, each a short query: a file of any size takes little memory and no long transaction. */
async function* largeObject(reader: SqlReader, oid: string, asked: Asked, signal: AbortSignal): AsyncGenerator<Buffer> {
  for (let offset = 0; ; offset += CHUNK) {
    const [row] = await reader.rows(
      asked,
      'select lo_get($1::oid, $2::bigint, $3::int) as part',
      [oid, offset, CHUNK],
      signal,
    );
    if (!Buffer.isBuffer(row?.part)) throw contractError(asked, 'gave a large object without bytes');
    if (row.part.length > 0) yield row.part;
    if (row.part.length < CHUNK) return;
  }
}

/** The real place of the file; links and `..` never lead out of the folder. */
async function pathBelow(folder: string, path: string, asked: Asked): Promise<string> {
  try {
    const root = await realpath(folder);
    const real = await realpath(join(root, path));
    if (real.startsWith(root + sep)) return real;
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new SourceError('not_found', sentence(asked, 'does not have it any more'), false);
    throw new SourceError('unavailable', sentence(asked, `has a folder of files that cannot be read (${code})`), true);
  }
  throw contractError(asked, 'gave a path that leads out of the folder');
}
