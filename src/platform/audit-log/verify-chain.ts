import type { EntityManager } from 'typeorm';
import { CHAIN_START, hashEntry, link, SEALED_COLUMNS, type SealableEntry } from './seal';

const BATCH = 2000;

export interface ChainVerdict {
  isWhole: boolean;
  sealed: number;
  /** Written and not yet sealed; a few are normal. */
  unsealed: number;
  /** The last link in hexadecimal: what is exported outside the machine. */
  root: string;
  /** The first fault, as a sentence that names the entry. */
  fault?: string;
}

type SealedRow = Partial<SealableEntry> & { seq: string; entry_id: string; entry_hash: Buffer; mac: Buffer };

/** Walks the chain from the start with the key and names the first entry that was changed, removed, added or moved. */
export async function verifyChain(entities: EntityManager, authorityId: string, key: Buffer): Promise<ChainVerdict> {
  let previous: Buffer = CHAIN_START;
  let seq = 0;
  const verdict = (fault?: string): Promise<ChainVerdict> => conclude(entities, seq, previous, fault);
  for (;;) {
    const rows: SealedRow[] = await entities.query(
      `select s.seq, s.entry_id, s.entry_hash, s.mac, ${SEALED_COLUMNS.replace('id::text,', 'e.id::text,')} from audit_seal s
       left join audit_entry e on e.id = s.entry_id where s.seq > $1 order by s.seq limit ${BATCH}`,
      [seq],
    );
    for (const row of rows) {
      const fault = faultOf(row, seq + 1, authorityId, key, previous);
      if (fault) return verdict(fault);
      seq += 1;
      previous = row.mac;
    }
    if (rows.length < BATCH) return verdict();
  }
}

function faultOf(
  row: SealedRow,
  expected: number,
  authorityId: string,
  key: Buffer,
  previous: Buffer,
): string | undefined {
  if (Number(row.seq) !== expected) return `Seal ${expected} is missing: the chain goes on with seal ${row.seq}.`;
  if (!row.id) return `Entry ${row.entry_id} (seal ${row.seq}) was removed.`;
  const hash = hashEntry(authorityId, row as SealableEntry);
  if (!hash.equals(row.entry_hash)) return `Entry ${row.entry_id} (seal ${row.seq}) was changed after it was sealed.`;
  if (!link(key, previous, authorityId, expected, hash).equals(row.mac))
    return `Seal ${row.seq} (entry ${row.entry_id}) does not follow from the one before it.`;
  return undefined;
}

async function conclude(entities: EntityManager, sealed: number, last: Buffer, fault?: string): Promise<ChainVerdict> {
  const [{ count }] = await entities.query(
    'select count(*)::int as count from audit_entry e where not exists (select 1 from audit_seal s where s.entry_id = e.id)',
  );
  return { isWhole: !fault, sealed, unsealed: count, root: last.toString('hex'), fault };
}
