import type { EntityManager } from 'typeorm';
import type { KnownRoot } from './exported-root';
import { CHAIN_START, hashEntry, link, SEALED_AT, SEALED_COLUMNS, type SealableEntry } from './seal';

const BATCH = 2000;
/** An entry is sealed within seconds. One that tells of a time this long before the seals under it came to the log late. */
const LATE_MICROSECONDS = 3_600_000_000;
const MOST_DOUBTS = 20;

export interface ChainVerdict {
  isWhole: boolean;
  sealed: number;
  /** Written and not yet sealed; a few are normal. */
  unsealed: number;
  /** The last link in hexadecimal: what is exported outside the machine. */
  root: string;
  /** How many exported roots were given and fit. */
  rootsThatFit: number;
  /** Entries that are sealed, but came to the log long after they say: added later, or the clock was wrong. */
  doubts: string[];
  /** The first fault, as a sentence that names the entry. */
  fault?: string;
}

type SealedRow = Partial<SealableEntry> & {
  seq: string;
  entry_id: string;
  entry_hash: Buffer;
  mac: Buffer;
  form: 1 | 2;
  sealed_at: string;
};

/**
 * Walks the chain from the start with the key and names the first entry that was changed, removed, added or moved. With
 * roots that were exported it also finds a tail that was cut off, and a chain that was written anew by one who has the key.
 */
export async function verifyChain(
  entities: EntityManager,
  authorityId: string,
  key: Buffer,
  exported: readonly KnownRoot[] = [],
): Promise<ChainVerdict> {
  const roots = exported.filter(({ authority }) => authority.id === authorityId).sort((a, b) => a.seq - b.seq);
  const walk: Walk = { seq: 0, mac: CHAIN_START, sealedAt: 0, rootsThatFit: 0, doubts: [] };
  for (let next: number | undefined = 1; next !== undefined; next = await nextSeal(entities, walk.seq)) {
    // A seal that was set during the walk is the next one; any other number is a gap, which may be of any length.
    const fault =
      next === walk.seq + 1
        ? await walkOn(entities, walk, roots, authorityId, key)
        : missingInWords(walk.seq + 1, String(next));
    if (fault) return conclude(entities, walk, fault);
  }
  const latest = roots.at(-1);
  return conclude(entities, walk, latest && latest.seq > walk.seq ? cutInWords(latest, walk.seq) : undefined);
}

interface Walk {
  seq: number;
  mac: Buffer;
  sealedAt: number;
  rootsThatFit: number;
  doubts: string[];
}

/** As far as the seals have no gap of a whole batch; the first fault. */
async function walkOn(
  entities: EntityManager,
  walk: Walk,
  roots: readonly KnownRoot[],
  authorityId: string,
  key: Buffer,
): Promise<string | undefined> {
  for (let rows = await nextRows(entities, walk.seq); rows.length > 0;) {
    // The database fetches the next rows while these are hashed.
    const following = rows.length < BATCH ? Promise.resolve([]) : nextRows(entities, walk.seq + BATCH);
    const fault = firstFault(rows, walk, roots, authorityId, key);
    rows = await following;
    if (fault) return fault;
  }
  return undefined;
}

function firstFault(
  rows: SealedRow[],
  walk: Walk,
  roots: readonly KnownRoot[],
  authorityId: string,
  key: Buffer,
): string | undefined {
  for (const row of rows) {
    const fault = faultOf(row, walk, authorityId, key) ?? stepOn(walk, row, roots);
    if (fault) return fault;
  }
  return undefined;
}

function nextRows(entities: EntityManager, after: number): Promise<SealedRow[]> {
  return entities.query(
    `select s.seq, s.entry_id, s.entry_hash, s.mac, s.form, ${SEALED_AT} as sealed_at, ${SEALED_COLUMNS.replace('id::text,', 'e.id::text,')}
     from audit_seal s left join audit_entry e on e.id = s.entry_id where s.seq > $1 and s.seq <= $2 order by s.seq`,
    [after, after + BATCH],
  );
}

async function nextSeal(entities: EntityManager, after: number): Promise<number | undefined> {
  const [row]: { seq: string }[] = await entities.query(
    'select seq from audit_seal where seq > $1 order by seq limit 1',
    [after],
  );
  return row && Number(row.seq);
}

function missingInWords(expected: number, next: string): string {
  return `Seal ${expected} is missing: the chain goes on with seal ${next}.`;
}

function faultOf(row: SealedRow, walk: Walk, authorityId: string, key: Buffer): string | undefined {
  const expected = walk.seq + 1;
  if (Number(row.seq) !== expected) return missingInWords(expected, row.seq);
  if (!row.id) return `Entry ${row.entry_id} (seal ${row.seq}) was removed.`;
  const entryHash = hashEntry(authorityId, row as SealableEntry);
  if (!entryHash.equals(row.entry_hash))
    return `Entry ${row.entry_id} (seal ${row.seq}) was changed after it was sealed.`;
  const { form, sealed_at: sealedAt } = row;
  if (!link(key, walk.mac, { authorityId, seq: expected, entryHash, form, sealedAt }).equals(row.mac))
    return `Seal ${row.seq} (entry ${row.entry_id}) does not follow from the one before it.`;
  return undefined;
}

/** Takes the link in; says when an exported root tells of another one. */
function stepOn(walk: Walk, row: SealedRow, roots: readonly KnownRoot[]): string | undefined {
  if (Number(row.at) < walk.sealedAt - LATE_MICROSECONDS && walk.doubts.length < MOST_DOUBTS)
    walk.doubts.push(
      `Entry ${row.entry_id} (seal ${row.seq}) says it was written more than an hour before the seal under it was set. It was added later, or a clock was wrong.`,
    );
  walk.seq += 1;
  walk.mac = row.mac;
  walk.sealedAt = row.form === 1 ? walk.sealedAt : Number(row.sealed_at);
  const here = roots.filter(({ seq }) => seq === walk.seq);
  const other = here.find(({ root }) => root !== row.mac.toString('hex'));
  if (other) return `Seal ${row.seq} is not the one that was exported on ${other.day}: the log was written anew.`;
  walk.rootsThatFit += here.length;
  return undefined;
}

function cutInWords({ day, seq }: KnownRoot, sealed: number): string {
  return `The log was cut: ${seq} entries were sealed when the root of ${day} was exported, now there are ${sealed}. Entries from seal ${sealed + 1} on are gone.`;
}

async function conclude(entities: EntityManager, walk: Walk, fault?: string): Promise<ChainVerdict> {
  const [{ count }] = await entities.query(
    'select count(*)::int as count from audit_entry e where not exists (select 1 from audit_seal s where s.entry_id = e.id)',
  );
  const { seq, mac, rootsThatFit, doubts } = walk;
  return { isWhole: !fault, sealed: seq, unsealed: count, root: mac.toString('hex'), rootsThatFit, doubts, fault };
}
