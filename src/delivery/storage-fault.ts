/** No room, or no right to write: what the disk says when a message cannot be stored. */
const DISK_CODES: Record<string, string> = {
  ENOSPC: 'disken er fuld',
  EDQUOT: 'pladsen på disken er brugt op',
  EFBIG: 'filen er større, end serveren tillader',
  EROFS: 'disken kan kun læses',
  EIO: 'disken svarer med fejl',
};

/** A message was not stored, so nothing was sent. It is tried again by itself. */
export class StorageFault extends Error {
  constructor(readonly words: string) {
    super(`A message could not be stored (${words}). Nothing was sent.`);
    this.name = 'StorageFault';
  }
}

/** The fault in words when the disk is the cause; else the error as it is. */
export function storageFault(error: unknown): unknown {
  const words = DISK_CODES[(error as NodeJS.ErrnoException | undefined)?.code ?? ''];
  return words ? new StorageFault(words) : error;
}
