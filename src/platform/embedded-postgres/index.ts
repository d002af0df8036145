export { EmbeddedPostgresFailure } from './launch-failure';
export { prepareDatabase, prepareDatabaseWith, type PreparedDatabase, type RolePasswords } from './prepare-database';
export type { RunMode } from './run-as';
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './start';
