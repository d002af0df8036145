import type { ConnectorKind } from '../connector-kind';
import { checkedSettings } from '../settings';
import conformance from './conformance.json';
import { coverageOf, F2Connector } from './f2-connector';
import { F2Settings } from './f2-settings';

export const f2: ConnectorKind = {
  kind: 'f2',
  system: 'F2 (cBrain)',
  standing: 'contract draft: not yet run by a municipality',
  coverage: coverageOf({}),
  conformance,
  make: (source, settings, of) => new F2Connector(source, checkedSettings(F2Settings, settings, of)),
};
