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
    for (;;) {
      const batch = await this.database.inAuthority(authorityId, (entities) =>
        this.sealBatch(entities, authorityId, key, isSweep),
      );
      sealed += batch;
      if (batch < BATCH) break;
    }
    if (isSweep) this.sweptAt.set(authorityId, now);
    return sealed;
  }

  private async sealBatch(
    entities: EntityManager,
    authorityId: string,
    key: Buffer,
    isSweep: boolean,
  ): Promise<number> {
    const [{ free }] = await entities.query(
      `select pg_try_advisory_xact_lock(hashtextextended('audit-seal:' || $1, 0)) as free`,
      [authorityId],
    );
    if (!free) return 0;
    const [last]: { seq: string; mac: Buffer }[] = await entities.query(
      'select seq, mac from audit_seal order by seq desc limit 1',
    );
    const seq = Number(last?.seq ?? 0);
    const entries: SealableEntry[] = await entities.query(
      `select ${SEALED_COLUMNS} from audit_entry e
       where e.id > coalesce((select entry_id from audit_seal where seq = $1), 0)
         and not exists (select 1 from audit_seal s where s.entry_id = e.id) order by e.id limit ${BATCH}`,
      [isSweep ? 0 : seq - LOOK_BACK],
    );
    await this.append(entities, authorityId, key, entries, { seq, mac: last?.mac ?? CHAIN_START });
    return entries.length;
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
