import type { Connector, Source, SourceKind } from '../contracts';
import { DropFolderConnector } from './drop-folder/drop-folder-connector';
import { DropFolderSettings } from './drop-folder/drop-folder-settings';
import { SbsysConnector } from './sbsys/sbsys-connector';
import { SbsysSettings } from './sbsys/sbsys-settings';
import { checkedSettings } from './settings';

type Maker = (source: Source, settings: unknown, of: string) => Connector;

const MAKERS: Record<SourceKind, Maker> = {
  sbsys: (source, settings, of) => new SbsysConnector(source, checkedSettings(SbsysSettings, settings, of)),
  'drop-folder': (source, settings, of) =>
    new DropFolderConnector(source, checkedSettings(DropFolderSettings, settings, of)),
};

/** The kinds of records systems that can be connected. */
export const CONNECTOR_KINDS = Object.keys(MAKERS) as SourceKind[];

/** A reader of `source`. Throws a `SettingsError` that names the wrong fields, never their values. */
export function createConnector(source: Source, settings: unknown): Connector {
  return MAKERS[source.kind](source, settings, `the source "${source.id}"`);
}
