import { Client } from 'pg';
import { groundsFor, LEGAL_BASES, type GroundLevel } from '../../law';
import { KeyFile } from '../keys/key-file';
import type { AuthoritySettings } from './authority.entity';

export interface NewAuthority {
  cvr: string;
  name: string;
  shortName: string;
  hostNames: string[];
  settings: AuthoritySettings;
}

/** Adds or updates a municipality as the owner; its key is made once and only ever stored wrapped by the master key. */
export async function setUpAuthority(
  ownerUrl: string,
  masterKeyFile: string,
  authority: NewAuthority,
): Promise<string> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await storeGroundFits(client);
    const wrapped = (await KeyFile.open(masterKeyFile)).wrapNewKey();
    const { rows } = await client.query(
      `insert into authority (cvr, name, short_name, host_names, settings, wrapped_key) values ($1, $2, $3, $4, $5, $6)
       on conflict (cvr) do update set name = excluded.name, short_name = excluded.short_name,
         host_names = excluded.host_names, settings = excluded.settings returning id`,
      [authority.cvr, authority.name, authority.shortName, authority.hostNames, authority.settings, wrapped],
    );
    return rows[0].id;
  } finally {
    await client.end();
  }
}

/** The catalogue of grounds is data of `law/`; the database holds the pairs so that no other pair can be stored. */
async function storeGroundFits(client: Client): Promise<void> {
  const levels: GroundLevel[] = ['request', 'case', 'document', 'text'];
  for (const basis of LEGAL_BASES) {
    for (const ground of levels.flatMap((level) => groundsFor(basis, level))) {
      await client.query('insert into ground_fit (ground_id, basis) values ($1, $2) on conflict do nothing', [
        ground.id,
        basis,
      ]);
    }
  }
}
