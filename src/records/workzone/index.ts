import type { ConnectorKind } from '../connector-kind';
import { checkedSettings } from '../settings';
import conformance from './conformance.json';
import { WORKZONE_COVERAGE, WorkZoneConnector } from './workzone-connector';
import { WorkZoneSettings } from './workzone-settings';

export const workzone: ConnectorKind = {
  kind: 'workzone',
  system: 'KMD WorkZone',
  standing: 'contract draft: not yet run by a municipality',
  coverage: WORKZONE_COVERAGE,
  conformance,
  make: (source, settings, of) => new WorkZoneConnector(source, checkedSettings(WorkZoneSettings, settings, of)),
};
