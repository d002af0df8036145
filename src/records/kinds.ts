/** One line for each kind of records system that can be connected. */
export { dropFolder } from './drop-folder';
export { momentum } from './momentum';
export { nexus } from './nexus';
export { nova } from './nova';
export { sbsys } from './sbsys';
export { workzone } from './workzone';
