import type { ConnectorKind } from '../connector-kind';
import { checkedSettings } from '../settings';
import conformance from './conformance.json';
import { COVERAGE_BEFORE_EXPORT, DropFolderConnector } from './drop-folder-connector';
import { DropFolderSettings } from './drop-folder-settings';

export const dropFolder: ConnectorKind = {
  kind: 'drop-folder',
  system: 'Mappe med eksport',
  standing: "this project's own format",
  coverage: COVERAGE_BEFORE_EXPORT,
  conformance,
  make: (source, settings, of) => new DropFolderConnector(source, checkedSettings(DropFolderSettings, settings, of)),
};
