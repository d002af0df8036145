import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, EntityManager } from 'typeorm';

/**
 * The only way to the tables: a transaction that sees one authority's rows. Nothing may be queried outside one, since
 * row-level security shows no rows without the setting.
 */
@Injectable()
export class Database {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  inAuthority<T>(authorityId: string, work: (entities: EntityManager) => Promise<T>): Promise<T> {
    return this.source.transaction(async (entities) => {
      await entities.query(`select set_config('app.authority', $1, true)`, [authorityId]);
      return work(entities);
    });
  }

  /** For the functions that cross authorities (`authority_ids`, `outbox_claim` …): they show ids only. */
  acrossAuthorities<T>(work: (entities: EntityManager) => Promise<T>): Promise<T> {
    return this.source.transaction(work);
  }

  async authorityIds(): Promise<string[]> {
    const rows: { authority_ids: string }[] = await this.source.query('select authority_ids()');
    return rows.map((row) => row.authority_ids);
  }

  async authorityIdByHost(host: string): Promise<string | null> {
    const [row]: { id: string | null }[] = await this.source.query('select authority_id_by_host($1) as id', [host]);
    return row?.id ?? null;
  }

  async authorityIdByCvr(cvr: string): Promise<string | null> {
    const [row]: { id: string | null }[] = await this.source.query('select authority_id_by_cvr($1) as id', [cvr]);
    return row?.id ?? null;
  }

  /** Whose a message is; null for one that no authority sent. */
  async authorityIdByMessage(messageUUID: string): Promise<string | null> {
    const [row]: { id: string | null }[] = await this.source.query('select authority_id_by_message($1) as id', [
      messageUUID,
    ]);
    return row?.id ?? null;
  }

  async isReachable(): Promise<boolean> {
    return this.source.query('select 1').then(
      () => true,
      () => false,
    );
  }
}
