import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../app.module';
import { Sources } from '../../gathering/sources';
import { Database } from '../../platform/database/database';
import { loadSettings } from '../../platform/settings';
import type { FurtherSystems } from './further-systems';

/** What the index of cases calls them. */
const INDEX_NAMES: Record<string, string[]> = { sbsys: ['SBSYS'], faellesarkiv: ['Fællesarkivet'] };

export interface RecordsSystems {
  sbsys: string;
  accounts: {
    client: { clientId: string; clientSecret: string };
    reader: { username: string; password: string };
    journal: { username: string; password: string };
  };
  dropFolder: string;
  /** Settings of SBSYS that are other than usual. */
  sbsysSettings?: Record<string, unknown>;
  further?: FurtherSystems;
}

/** Connects the municipality's records systems as an operator would. */
export async function connectSources(
  settings: Record<string, string>,
  authorityId: string,
  systems: RecordsSystems,
): Promise<void> {
  const app = await NestFactory.createApplicationContext(AppModule.with(loadSettings(settings), []), {
    logger: ['error'],
  });
  try {
    const sbsys = {
      baseUrl: systems.sbsys,
      tokenUrl: `${systems.sbsys}/auth/realms/sbsip/protocol/openid-connect/token`,
      ...systems.accounts.client,
    };
    await app.get(Database).inAuthority(authorityId, async (entities) => {
      const save = (key: string, kind: string, name: string, owner: string, own: unknown, enabled: boolean) =>
        app.get(Sources).save(entities, authorityId, {
          key,
          kind,
          name,
          owner,
          settings: own,
          enabled,
          indexNames: INDEX_NAMES[key],
        });
      await save(
        'sbsys',
        'sbsys',
        'vores sagssystem (SBSYS)',
        'Social og Beskæftigelse',
        {
          ...sbsys,
          ...systems.accounts.reader,
          partySearchField: 'Part',
          requestsPerSecond: 100,
          parallel: 4,
          ...systems.sbsysSettings,
        },
        true,
      );
      await save(
        'faellesarkiv',
        'drop-folder',
        'fællesarkivet',
        'Børn og Familie',
        { folder: systems.dropFolder },
        true,
      );
      await systems.further?.connect(app.get(Sources), entities, authorityId);
      await save(
        'journal',
        'sbsys-journal',
        'journalen (SBSYS)',
        'Sekretariatet',
        { ...sbsys, ...systems.accounts.journal },
        false,
      );
    });
  } finally {
    await app.close();
  }
}
