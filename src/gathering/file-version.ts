import type { RecordsFile } from '../contracts';
import type { FileRow } from './file.entity';

/** Whether a listed file is another than the one that was gathered: by version, else by hash, else by size. */
export function isOtherVersion(
  gathered: Pick<FileRow, 'version' | 'sha256' | 'size'>,
  listed: Pick<RecordsFile, 'version' | 'sha256' | 'size'>,
): boolean {
  if (gathered.version !== null && listed.version !== undefined) return gathered.version !== listed.version;
  if (gathered.sha256 !== null && listed.sha256 !== undefined) return gathered.sha256 !== listed.sha256.toLowerCase();
  return gathered.size !== null && listed.size !== undefined && gathered.size !== String(listed.size);
}
