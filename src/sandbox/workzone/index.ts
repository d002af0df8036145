export { WorkZoneStandIn } from './standin';
