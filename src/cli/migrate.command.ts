import type { Command } from 'commander';
import { migrate } from '../platform/database/migrate';

/** `migrate`: brings the database up to this version, as its owner. */
export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .description('Brings the database up to this version, as its owner (MIGRATION_DATABASE_URL).')
    .action(async () => {
      const url = process.env.MIGRATION_DATABASE_URL;
      if (!url) throw new Error('MIGRATION_DATABASE_URL is missing: it names the database with the role that owns it.');
      const applied = await migrate(url);
      process.stdout.write(applied.length > 0 ? `Applied: ${applied.join(', ')}.\n` : 'The database is up to date.\n');
    });
}
