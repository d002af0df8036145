import type { Connector, Source, SourceKind } from '../contracts';
import type { ConnectorKind } from './connector-kind';
import * as kinds from './kinds';

const REGISTERED = new Map<SourceKind, ConnectorKind>(Object.values(kinds).map((each) => [each.kind, each]));

/** The kinds of records systems that can be connected. */
export const CONNECTOR_KINDS = [...REGISTERED.keys()].sort();

export function connectorKind(kind: SourceKind): ConnectorKind {
  const found = REGISTERED.get(kind);
  if (!found) throw new Error(`There is no connector of the kind "${kind}"; there are ${CONNECTOR_KINDS.join(', ')}.`);
  return found;
}

/** A reader of `source`. Throws a `SettingsError` that names the wrong fields, never their values. */
export function createConnector(source: Source, settings: unknown): Connector {
  return connectorKind(source.kind).make(source, settings, `the source "${source.id}"`);
}
