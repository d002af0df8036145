import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock';
import { Database } from '../database/database';
import { KeyFile } from '../keys/key-file';
import { Settings } from '../settings';
import { CHAIN_START, hashEntry, link, SEALED_COLUMNS, type SealableEntry } from './seal';

const BATCH = 1000;

/** Chains committed entries, one sealer an authority at a time, so that writers never wait for each other. */
@Injectable()
export class AuditSealer {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** Seals what is committed and not yet sealed; returns how many. Another sealer at work means none to do here. */
  async seal(authorityId: string): Promise<number> {
    const { key } = await KeyFile.open(this.settings.AUDIT_KEY_FILE);
    let sealed = 0;
    for (;;) {
      const batch = await this.database.inAuthority(authorityId, (entities) =>
        this.sealBatch(entities, authorityId, key),
      );
      sealed += batch;
      if (batch < BATCH) return sealed;
    }
  }

  private async sealBatch(entities: EntityManager, authorityId: string, key: Buffer): Promise<number> {
    const [{ free }] = await entities.query(
      `select pg_try_advisory_xact_lock(hashtextextended('audit-seal:' || $1, 0)) as free`,
      [authorityId],
    );
    if (!free) return 0;
    const [last]: { seq: string; mac: Buffer }[] = await entities.query(
      'select seq, mac from audit_seal order by seq desc limit 1',
    );
    const entries: SealableEntry[] = await entities.query(
      `select ${SEALED_COLUMNS} from audit_entry e
       where not exists (select 1 from audit_seal s where s.entry_id = e.id) order by e.id limit ${BATCH}`,
    );
    let seq = Number(last?.seq ?? 0);
    let previous = last?.mac ?? CHAIN_START;
    for (const entry of entries) {
      seq += 1;
      const entryHash = hashEntry(authorityId, entry);
      previous = link(key, previous, authorityId, seq, entryHash);
      await entities.query(
        'insert into audit_seal (authority_id, seq, entry_id, entry_hash, mac, sealed_at) values ($1, $2, $3, $4, $5, $6)',
        [authorityId, seq, entry.id, entryHash, previous, this.clock.now()],
      );
    }
    return entries.length;
  }
}
