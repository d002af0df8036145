import type { ConnectorKind } from '../connector-kind';
import { checkedSettings } from '../settings';
import conformance from './conformance.json';
import { coverageOf } from './export-check';
import { SqlViewConnector } from './sql-view-connector';
import { SqlViewSettings } from './sql-view-settings';

export const sqlView: ConnectorKind = {
  kind: 'sql-view',
  system: 'SQL-udtræk (PostgreSQL)',
  standing: 'run against real server software in the tests',
  coverage: coverageOf(),
  conformance,
  make: (source, settings, of) => new SqlViewConnector(source, checkedSettings(SqlViewSettings, settings, of)),
};
