import { plainToInstance } from 'class-transformer';
import type { Command } from 'commander';
import { DataSource } from 'typeorm';
import { SourceRow } from '../gathering/source.entity';
import { Sources } from '../gathering/sources';
import { AuditEntry } from '../platform/audit-log/audit-entry.entity';
import { AuditLog, THE_SYSTEM } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Authority } from '../platform/database/authority.entity';
import { setUpAuthority } from '../platform/database/authority-set-up';
import { Database } from '../platform/database/database';
import { SnakeCaseNames } from '../platform/database/snake-case-names';
import { KeyRing } from '../platform/keys/authority-keys';
import { Settings } from '../platform/settings';
import { checkedSettings } from '../records';
import { objectFromFile } from './json-file';
import { MunicipalityFile, SourceFile } from './municipality-file';

/** `municipality set`, `municipality source`: what an operator does once for each municipality. */
export function registerMunicipality(program: Command): void {
  const municipality = program.command('municipality').description('A municipality and its records systems.');
  municipality
    .command('set <file>')
    .description(
      'Adds the municipality of a JSON file, or changes it; its key is made once (MIGRATION_DATABASE_URL, MASTER_KEY_FILE).',
    )
    .action(setMunicipality);
  municipality
    .command('source <file>')
    .description('Connects the records system of a JSON file, or changes it (DATABASE_URL, MASTER_KEY_FILE).')
    .requiredOption('--cvr <number>', 'the municipality')
    .action((file: string, { cvr }: { cvr: string }) => setSource(file, cvr));
}

async function setMunicipality(path: string): Promise<void> {
  const given = plainToInstance(MunicipalityFile, await objectFromFile(path));
  const file = checkedSettings(MunicipalityFile, given, `the municipality in ${path}`);
  const id = await setUpAuthority(needed('MIGRATION_DATABASE_URL'), needed('MASTER_KEY_FILE'), file);
  process.stdout.write(`${JSON.stringify({ id, cvr: file.cvr, name: file.name })}\n`);
}

async function setSource(path: string, cvr: string): Promise<void> {
  const source = checkedSettings(SourceFile, await objectFromFile(path), `the source in ${path}`);
  source.checkConnector();
  const settings = Object.assign(new Settings(), { MASTER_KEY_FILE: needed('MASTER_KEY_FILE') });
  const connection = await new DataSource({
    type: 'postgres',
    url: needed('DATABASE_URL'),
    entities: [Authority, SourceRow, AuditEntry],
    namingStrategy: new SnakeCaseNames(),
  }).initialize();
  try {
    const database = new Database(connection);
    const authorityId = await database.authorityIdByCvr(cvr);
    if (!authorityId)
      throw new Error(`There is no municipality with the CVR number ${cvr}. Add it with "municipality set FILE".`);
    const { key, kind, name, owner, indexNames, isSearched: enabled } = source;
    await database.inAuthority(authorityId, async (entities) => {
      const sources = new Sources(new KeyRing(database, settings));
      const whole = { key, kind, name, owner, settings: source.settings, enabled, indexNames };
      await sources.save(entities, authorityId, whole);
      await new AuditLog(new Clock(settings)).write(entities, authorityId, {
        actor: THE_SYSTEM,
        action: 'source.set',
        subject: { kind: 'source' },
        reason: 'An operator connected or changed a records system from the terminal.',
        details: { key, kind, enabled },
      });
    });
    process.stdout.write(`${JSON.stringify({ key, kind, enabled })}\n`);
  } finally {
    await connection.destroy();
  }
}

function needed(variable: string): string {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} is missing; set it and run the command again.`);
  return value;
}
