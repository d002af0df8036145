import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock';
import { Database } from '../database/database';
import { KeyFile } from '../keys/key-file';
import { Settings } from '../settings';
import { CHAIN_START, hashEntry, link, SEALED_COLUMNS, type SealableEntry } from './seal';

const BATCH = 2000;
/** Only entries younger than the seal this far back are looked at, since a transaction is short … */
const LOOK_BACK = 10_000;
/** … and all of them this often, for the one that was not. */
const SWEEP_MS = 3_600_000;

/** Chains committed entries, one sealer an authority at a time, so that writers never wait for each other. */
@Injectable()
export class AuditSealer {
  private readonly sweptAt = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** Seals what is committed and not yet sealed; returns how many. Another sealer at work means none to do here. */
  async seal(authorityId: string): Promise<number> {
    const { key } = await KeyFile.open(this.settings.AUDIT_KEY_FILE);
    const now = this.clock.now().getTime();
    const isSweep = now - (this.sweptAt.get(authorityId) ?? -Infinity) >= SWEEP_MS;
    let sealed = 0;
    let after = isSweep ? '0' : null;
    for (;;) {
      const batch = await this.database.inAuthority(authorityId, (entities) =>
        this.sealBatch(entities, authorityId, key, after),
      );
      sealed += batch.length;
      if (batch.length < BATCH) break;
      after = batch[batch.length - 1].id;
    }
    if (isSweep) this.sweptAt.set(authorityId, now);
    return sealed;
  }

  /** `after`: the entry below which nothing is looked for; null: as far back as is usual. */
  private async sealBatch(
    entities: EntityManager,
    authorityId: string,
    key: Buffer,
    after: string | null,
  ): Promise<SealableEntry[]> {
    const [{ free }] = await entities.query(
      `select pg_try_advisory_xact_lock(hashtextextended('audit-seal:' || $1, 0)) as free`,
      [authorityId],
    );
    if (!free) return [];
    const [last]: { seq: string; mac: Buffer }[] = await entities.query(
      'select seq, mac from audit_seal order by seq desc limit 1',
    );
    const seq = Number(last?.seq ?? 0);
    // The bound is given twice and as a value, so that the database reads the end of both indexes and nothing else.
    const entries: SealableEntry[] = await entities.query(
      `select ${SEALED_COLUMNS} from audit_entry e where e.id > $1::bigint
         and not exists (select 1 from audit_seal s where s.entry_id = e.id and s.entry_id > $1::bigint) order by e.id limit ${BATCH}`,
      [after ?? (await entryOfSeal(entities, seq - LOOK_BACK))],
    );
    await this.append(entities, authorityId, key, entries, { seq, mac: last?.mac ?? CHAIN_START });
    return entries;
  }

  private async append(
    entities: EntityManager,
    authorityId: string,
    key: Buffer,
    entries: SealableEntry[],
    last: { seq: number; mac: Buffer },
  ): Promise<void> {
    const now = this.clock.now();
    const sealedAt = `${now.getTime()}000`;
    let previous = last.mac;
    const rows = entries.map((entry, index) => {
      const seq = last.seq + 1 + index;
      const entryHash = hashEntry(authorityId, entry);
      previous = link(key, previous, { authorityId, seq, entryHash, form: 2, sealedAt });
      return { seq, entryHash, mac: previous };
    });
    await entities.query(
      `insert into audit_seal (authority_id, sealed_at, seq, entry_id, entry_hash, mac)
       select $1, $2, u.* from unnest($3::bigint[], $4::bigint[], $5::bytea[], $6::bytea[]) u`,
      [
        authorityId,
        now,
        rows.map((row) => row.seq),
        entries.map((entry) => entry.id),
        rows.map((row) => row.entryHash),
        rows.map((row) => row.mac),
      ],
    );
  }
}

async function entryOfSeal(entities: EntityManager, seq: number): Promise<string> {
  const [row]: { entry_id: string }[] = await entities.query('select entry_id from audit_seal where seq = $1', [seq]);
  return row?.entry_id ?? '0';
}
