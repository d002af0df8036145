export { EmbeddedPostgresFailure } from './launch-failure';
export { prepareDatabase, type PreparedDatabase } from './prepare-database';
export type { RunMode } from './run-as';
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './start';
