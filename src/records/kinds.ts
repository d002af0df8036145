/** One line for each kind of records system that can be connected. */
export { dropFolder } from './drop-folder';
export { sbsys } from './sbsys';
