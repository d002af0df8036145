import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database';
import { Settings } from '../settings';

interface Column {
  table_name: string;
  column_name: string;
}

/** Columns that end in `_key` and hold something else than an address of the vault. */
const NO_ADDRESSES = new Set(['party_key', 'into_key', 'found_key', 'wrapped_key', 'person_key', 'source_key']);

/** Deletes content that no row points at any more. The reverse of storing: the row goes before the file. */
@Injectable()
export class VaultForgetting {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /**
   * Deletes those of the addresses that nothing of the authority points at, and returns how many. Content that another
   * request holds too stays. Can be repeated after a crash anywhere.
   */
  async forget(authorityId: string, addresses: string[]): Promise<number> {
    const columns = await this.database.inAuthority(authorityId, (entities) =>
      addressColumns((sql) => entities.query(sql)),
    );
    let deleted = 0;
    for (const address of new Set(addresses)) if (await this.forgetOne(authorityId, address, columns)) deleted += 1;
    return deleted;
  }

  /** The file waits beside the vault until the row is gone for certain: a transaction that fails loses nothing. */
  private async forgetOne(authorityId: string, address: string, columns: Column[]): Promise<boolean> {
    const folder = join(this.settings.VAULT_FOLDER, authorityId);
    const path = join(folder, address.slice(0, 2), address);
    const aside = join(folder, 'outgoing', address);
    let isAside = false;
    try {
      const isGone = await this.database.inAuthority(authorityId, async (entities) => {
        // The lock makes whoever stores the same bytes now wait, and store them anew after.
        const rows: unknown[] = await entities.query('select 1 from vault_object where address = $1 for update', [
          address,
        ]);
        if (rows.length === 0) return true;
        // A run that died here left the file aside; what the row stands for may be held by somebody by now.
        await moved(aside, path);
        if (await isHeld(entities, address, columns)) return false;
        await entities.query('delete from vault_object where address = $1', [address]);
        await mkdir(dirname(aside), { recursive: true, mode: 0o700 });
        isAside = await moved(path, aside);
        return true;
      });
      if (isGone) await rm(aside, { force: true });
      return isGone;
    } catch (error) {
      if (isAside) await rename(aside, path);
      throw error;
    }
  }
}

async function isHeld(entities: EntityManager, address: string, columns: Column[]): Promise<boolean> {
  const checks = columns.map(
    ({ table_name, column_name }) => `exists (select 1 from "${table_name}" where "${column_name}" = $1)`,
  );
  const [answer]: { held: boolean }[] = await entities.query(`select ${checks.join(' or ')} as held`, [address]);
  return answer.held;
}

/** Every column of the database that can hold an address of the vault: text, and named `…_key`. */
export async function addressColumns(query: (sql: string) => Promise<Column[]>): Promise<Column[]> {
  const columns = await query(
    `select table_name, column_name from information_schema.columns
     where table_schema = 'public' and data_type = 'text' and column_name like '%\\_key' order by 1, 2`,
  );
  return columns.filter(({ column_name }) => !NO_ADDRESSES.has(column_name));
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
