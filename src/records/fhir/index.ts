import type { ConnectorKind } from '../connector-kind';
import { checkedSettings } from '../settings';
import conformance from './conformance.json';
import { FHIR_COVERAGE, FhirConnector } from './fhir-connector';
import { FhirSettings } from './fhir-settings';

export const fhir: ConnectorKind = {
  kind: 'fhir',
  system: 'FHIR R4 (DocumentReference)',
  standing: 'contract draft: not yet run by a municipality',
  coverage: FHIR_COVERAGE,
  conformance,
  make: (source, settings, of) => new FhirConnector(source, checkedSettings(FhirSettings, settings, of)),
};
