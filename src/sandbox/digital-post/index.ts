export type { ContactStatus } from './contact-table';
export { DigitalPostStandIn, type DigitalPostStandInSettings } from './digital-post-stand-in';
export type { StoredMessage } from './message-store';
export type { Scenario, ScenarioKind } from './scenario';
