import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';

/** The two addresses of a database: one to migrate with (owns the tables), one for the program (row-level security). */
export interface PreparedDatabase {
  migrationUrl: string;
  programUrl: string;
}

const OWNER = 'aktindsigt_owner';
const PROGRAM = 'aktindsigt_program';

export interface RolePasswords {
  owner: string;
  program: string;
}

/**
 * Makes the two roles and the database when they are missing, and sets the roles' passwords to those kept in
 * `role-passwords.json` (0600) in `secretsFolder`. May run any number of times.
 */
export function prepareDatabase(adminUrl: string, name: string, secretsFolder: string): Promise<PreparedDatabase> {
  return prepareDatabaseWith(adminUrl, name, keptPasswords(secretsFolder));
}

/** The same with passwords that the operator chose. */
export async function prepareDatabaseWith(
  adminUrl: string,
  name: string,
  passwords: RolePasswords,
): Promise<PreparedDatabase> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    // Two starts at once would both see that the role is missing.
    await admin.query(`select pg_advisory_lock(hashtext('aktindsigt roles'))`);
    await setRole(admin, OWNER, passwords.owner);
    await setRole(admin, PROGRAM, passwords.program);
    await createDatabase(admin, name);
  } finally {
    await admin.end();
  }
  return {
    migrationUrl: addressFor(adminUrl, name, OWNER, passwords.owner),
    programUrl: addressFor(adminUrl, name, PROGRAM, passwords.program),
  };
}

async function setRole(admin: Client, role: string, password: string): Promise<void> {
  const { rowCount } = await admin.query('select 1 from pg_roles where rolname = $1', [role]);
  const verb = rowCount === 0 ? 'create' : 'alter';
  // A superuser and a role with BYPASSRLS see every authority's rows, whatever the policies say.
  await admin.query(
    `${verb} role ${role} with login nosuperuser nobypassrls nocreaterole nocreatedb password ${admin.escapeLiteral(password)}`,
  );
}

async function createDatabase(admin: Client, name: string): Promise<void> {
  const database = admin.escapeIdentifier(name);
  const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [name]);
  if (rowCount === 0)
    await admin.query(`create database ${database} owner ${OWNER} encoding 'UTF8' template template0`);
  await admin.query(`revoke all on database ${database} from public`);
  await admin.query(`grant connect on database ${database} to ${PROGRAM}`);
}

function keptPasswords(secretsFolder: string): RolePasswords {
  const file = join(secretsFolder, 'role-passwords.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as RolePasswords;
  const passwords = { owner: randomBytes(24).toString('base64url'), program: randomBytes(24).toString('base64url') };
  mkdirSync(secretsFolder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(passwords)}\n`, { mode: 0o600 });
  renameSync(draft, file);
  return passwords;
}

function addressFor(adminUrl: string, database: string, role: string, password: string): string {
  const address = new URL(adminUrl);
  address.username = role;
  address.password = password;
  address.pathname = `/${encodeURIComponent(database)}`;
  return address.href;
}
