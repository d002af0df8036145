import type { ConnectorKind } from '../connector-kind';
import { checkedSettings } from '../settings';
import conformance from './conformance.json';
import { NOVA_COVERAGE, NovaConnector } from './nova-connector';
import { NovaSettings } from './nova-settings';

export const nova: ConnectorKind = {
  kind: 'nova',
  system: 'KMD Nova',
  standing: 'contract draft: not yet run by a municipality',
  coverage: NOVA_COVERAGE,
  conformance,
  make: (source, settings, of) => new NovaConnector(source, checkedSettings(NovaSettings, settings, of)),
};
