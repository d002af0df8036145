import type { ConnectorKind } from '../connector-kind';
import { checkedSettings } from '../settings';
import conformance from './conformance.json';
import { coverageOf, SbsysConnector } from './sbsys-connector';
import { SbsysSettings } from './sbsys-settings';

export const sbsys: ConnectorKind = {
  kind: 'sbsys',
  system: 'SBSYS',
  standing: 'contract draft: not yet run by a municipality',
  coverage: coverageOf({}),
  conformance,
  make: (source, settings, of) => new SbsysConnector(source, checkedSettings(SbsysSettings, settings, of)),
};
