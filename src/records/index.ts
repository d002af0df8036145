export { summarise } from './conformance-summary';
export { connectorKind, CONNECTOR_KINDS, createConnector } from './connector-registry';
export { createCaseIndex, createPersonRegister } from './discovery-ports';
export { SettingsError, checkedSettings } from './settings';
export { DropFolderSettings } from './drop-folder/drop-folder-settings';
export { SbsysJournal } from './sbsys/sbsys-journal';
export { SbsysSettings } from './sbsys/sbsys-settings';
export { withoutCpr } from './without-cpr';
