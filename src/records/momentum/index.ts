import type { ConnectorKind } from '../connector-kind';
import { checkedSettings } from '../settings';
import conformance from './conformance.json';
import { MOMENTUM_COVERAGE, MomentumConnector } from './momentum-connector';
import { MomentumSettings } from './momentum-settings';

export const momentum: ConnectorKind = {
  kind: 'momentum',
  system: 'KMD Momentum',
  standing: 'contract draft: not yet run by a municipality',
  coverage: MOMENTUM_COVERAGE,
  conformance,
  make: (source, settings, of) => new MomentumConnector(source, checkedSettings(MomentumSettings, settings, of)),
};
