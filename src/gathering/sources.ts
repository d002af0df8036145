import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Connector, SourceKind } from '../contracts';
import { KeyRing } from '../platform/keys/authority-keys';
import { createConnector } from '../records';
import { isConnected, isSearched } from './source-kinds';
import { SourceRow } from './source.entity';

interface KeptConnector {
  /** Of the settings that it was made with. */
  settings: string;
  connector: Connector;
}

/** The records systems of an authority. */
@Injectable()
export class Sources implements OnApplicationShutdown {
  /** One a source: its token, its connections and its budget of calls are shared by all requests. */
  private readonly kept = new Map<string, KeptConnector>();

  constructor(private readonly keyRing: KeyRing) {}

  async save(entities: EntityManager, authorityId: string, source: NewSource): Promise<void> {
    const keys = await this.keyRing.of(authorityId);
    await entities.query(
      `insert into source (authority_id, key, kind, name, owner, settings_sealed, enabled, index_names)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (authority_id, key) do update set kind = excluded.kind, name = excluded.name, owner = excluded.owner,
         settings_sealed = excluded.settings_sealed, enabled = excluded.enabled, index_names = excluded.index_names`,
      [
        authorityId,
        source.key,
        source.kind,
        source.name,
        source.owner,
        keys.seal('source.settings', JSON.stringify(source.settings)),
        source.enabled,
        source.indexNames ?? [],
      ],
    );
  }

  /** Those that get a run in every request, in the order in which documents are numbered. */
  async searched(entities: EntityManager): Promise<SourceRow[]> {
    return (await this.enabled(entities)).filter(({ kind }) => isSearched(kind));
  }

  /** Those that a program can ask at any time. */
  async connected(entities: EntityManager): Promise<SourceRow[]> {
    return (await this.enabled(entities)).filter(({ kind }) => isConnected(kind));
  }

  async ofKind(entities: EntityManager, kind: string): Promise<SourceRow[]> {
    return (await this.enabled(entities)).filter((source) => source.kind === kind);
  }

  async connectorOf(source: SourceRow): Promise<Connector> {
    const { id, kind, name, owner } = source;
    const settings = await this.settingsOf(source);
    const fingerprint = JSON.stringify([kind, name, owner, settings]);
    const known = this.kept.get(id);
    if (known?.settings === fingerprint) return known.connector;
    const connector = createConnector({ id, kind: kind as SourceKind, name, owner }, settings);
    this.kept.set(id, { settings: fingerprint, connector });
    if (known) await closed(known.connector);
    return connector;
  }

  async settingsOf(source: SourceRow): Promise<unknown> {
    const keys = await this.keyRing.of(source.authorityId);
    return JSON.parse(keys.unseal('source.settings', source.settingsSealed));
  }

  async onApplicationShutdown(): Promise<void> {
    const kept = [...this.kept.values()];
    this.kept.clear();
    await Promise.all(kept.map(({ connector }) => closed(connector)));
  }

  private enabled(entities: EntityManager): Promise<SourceRow[]> {
    return entities.find(SourceRow, { where: { enabled: true }, order: { key: 'ASC' } });
  }
}

export interface NewSource {
  key: string;
  kind: string;
  name: string;
  owner: string;
  settings: unknown;
  enabled: boolean;
  indexNames?: string[];
}

/** Connectors that keep connections open can let go of them. */
async function closed(connector: Connector & { close?(): Promise<void> }): Promise<void> {
  await connector.close?.();
}
