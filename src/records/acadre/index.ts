import type { ConnectorKind } from '../connector-kind';
import { checkedSettings } from '../settings';
import { ACADRE_COVERAGE, AcadreConnector } from './acadre-connector';
import { AcadreSettings } from './acadre-settings';
import conformance from './conformance.json';

export const acadre: ConnectorKind = {
  kind: 'acadre',
  system: 'Formpipe Acadre',
  standing: 'contract draft: not yet run by a municipality',
  coverage: ACADRE_COVERAGE,
  conformance,
  make: (source, settings, of) => new AcadreConnector(source, checkedSettings(AcadreSettings, settings, of)),
};
