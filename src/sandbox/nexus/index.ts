export { NexusStandIn } from './standin';
