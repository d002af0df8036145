import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Injectable } from '@nestjs/common';
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
    let deleted = 0;
    for (const address of new Set(addresses)) if (await this.forgetOne(authorityId, address)) deleted += 1;
    return deleted;
  }

  /** The file waits beside the vault until the row is gone for certain: a transaction that fails loses nothing. */
  private async forgetOne(authorityId: string, address: string): Promise<boolean> {
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
        if (await this.isHeld((sql, values) => entities.query(sql, values), address)) return false;
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

  private async isHeld(
    query: (sql: string, values: unknown[]) => Promise<unknown[]>,
    address: string,
  ): Promise<boolean> {
    const columns = await addressColumns((sql) => query(sql, []) as Promise<Column[]>);
    const checks = columns.map(
      ({ table_name, column_name }) => `exists (select 1 from "${table_name}" where "${column_name}" = $1)`,
    );
    const [answer] = (await query(`select ${checks.join(' or ')} as held`, [address])) as { held: boolean }[];
    return answer.held;
  }
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
