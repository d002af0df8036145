import type { ConnectorKind } from '../connector-kind';
import { checkedSettings } from '../settings';
import conformance from './conformance.json';
import { WEBDAV_COVERAGE, WebDavConnector } from './webdav-connector';
import { WebDavSettings } from './webdav-settings';

export const webdav: ConnectorKind = {
  kind: 'webdav',
  system: 'Filserver (WebDAV)',
  standing: 'run against real server software in the tests',
  coverage: WEBDAV_COVERAGE,
  conformance,
  make: (source, settings, of) => new WebDavConnector(source, checkedSettings(WebDavSettings, settings, of)),
};
