import type { ConnectorKind } from '../connector-kind';
import { checkedSettings } from '../settings';
import conformance from './conformance.json';
import { coverageOf, ImapConnector } from './imap-connector';
import { ImapSettings } from './imap-settings';

export const imap: ConnectorKind = {
  kind: 'imap',
  system: 'Postkasse (IMAP)',
  standing: 'run against real server software in the tests',
  coverage: coverageOf({ skippedFolders: [], alsoByName: false }),
  conformance,
  make: (source, settings, of) => new ImapConnector(source, checkedSettings(ImapSettings, settings, of)),
};
