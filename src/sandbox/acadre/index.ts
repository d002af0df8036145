export { AcadreStandIn } from './standin';
