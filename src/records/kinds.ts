/** One line for each kind of records system that can be connected. */
export { acadre } from './acadre';
export { dropFolder } from './drop-folder';
export { f2 } from './f2';
export { fhir } from './fhir';
export { getorganized } from './getorganized';
export { imap } from './imap';
export { momentum } from './momentum';
export { nexus } from './nexus';
export { nova } from './nova';
export { sbsys } from './sbsys';
export { sqlView } from './sql-view';
export { webdav } from './webdav';
export { workzone } from './workzone';
