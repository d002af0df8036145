export { ControlClient } from './control-client';
export type { ContactStatus } from './contact-table';
export {
  startDigitalPostProcess,
  type DigitalPostProcess,
  type DigitalPostProcessOptions,
} from './digital-post-process';
export { DigitalPostStandIn, type DigitalPostStandInSettings } from './digital-post-stand-in';
export type { StoredMessage } from './message-store';
export type { Scenario, ScenarioKind } from './scenario';
