import type { ConnectorKind } from '../connector-kind';
import { checkedSettings } from '../settings';
import conformance from './conformance.json';
import { coverageOf, GetOrganizedConnector } from './getorganized-connector';
import { GetOrganizedSettings } from './getorganized-settings';

export const getorganized: ConnectorKind = {
  kind: 'getorganized',
  system: 'GetOrganized (Netcompany)',
  standing: 'contract draft: not yet run by a municipality',
  coverage: coverageOf({ partyFields: [] }),
  conformance,
  make: (source, settings, of) =>
    new GetOrganizedConnector(source, checkedSettings(GetOrganizedSettings, settings, of)),
};
