export { MomentumStandIn } from './standin';
