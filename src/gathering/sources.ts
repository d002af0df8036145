import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Connector, SourceKind } from '../contracts';
import { KeyRing } from '../platform/keys/authority-keys';
import { createConnector } from '../records';
import { SourceRow } from './source.entity';

/** The records systems of an authority. */
@Injectable()
export class Sources {
  constructor(private readonly keyRing: KeyRing) {}

  async save(
    entities: EntityManager,
    authorityId: string,
    source: { key: string; kind: string; name: string; owner: string; settings: unknown; enabled: boolean },
  ): Promise<void> {
    const keys = await this.keyRing.of(authorityId);
    await entities.query(
      `insert into source (authority_id, key, kind, name, owner, settings_sealed, enabled) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (authority_id, key) do update set kind = excluded.kind, name = excluded.name, owner = excluded.owner,
         settings_sealed = excluded.settings_sealed, enabled = excluded.enabled`,
      [
        authorityId,
        source.key,
        source.kind,
        source.name,
        source.owner,
        keys.seal('source.settings', JSON.stringify(source.settings)),
        source.enabled,
      ],
    );
  }

  /** Those that are searched for every request, in the order in which documents are numbered. */
  searched(entities: EntityManager): Promise<SourceRow[]> {
    return entities.find(SourceRow, { where: { enabled: true }, order: { key: 'ASC' } });
  }

  async connectorOf(source: SourceRow): Promise<Connector> {
    const { id, kind, name, owner } = source;
    return createConnector({ id, kind: kind as SourceKind, name, owner }, await this.settingsOf(source));
  }

  async settingsOf(source: SourceRow): Promise<unknown> {
    const keys = await this.keyRing.of(source.authorityId);
    return JSON.parse(keys.unseal('source.settings', source.settingsSealed));
  }
}
