import type { ConnectorKind } from '../connector-kind';
import { checkedSettings } from '../settings';
import conformance from './conformance.json';
import { NEXUS_COVERAGE, NexusConnector } from './nexus-connector';
import { NexusSettings } from './nexus-settings';

export const nexus: ConnectorKind = {
  kind: 'nexus',
  system: 'KMD Nexus',
  standing: 'contract draft: not yet run by a municipality',
  coverage: NEXUS_COVERAGE,
  conformance,
  make: (source, settings, of) => new NexusConnector(source, checkedSettings(NexusSettings, settings, of)),
};
