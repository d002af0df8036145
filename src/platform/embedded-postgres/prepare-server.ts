import { prepareDatabaseWith } from './prepare-database';

const NEEDED = ['ADMIN_DATABASE_URL', 'DATABASE_NAME', 'OWNER_PASSWORD', 'PROGRAM_PASSWORD'] as const;

/** Makes roles and database on a server of the operator's own, from the environment. Resolves to what was done. */
export async function prepareServer(environment: NodeJS.ProcessEnv): Promise<string> {
  const missing = NEEDED.filter((name) => !environment[name]);
  if (missing.length > 0) throw new Error(`These settings are missing: ${missing.join(', ')}.`);
  const given = environment as Record<(typeof NEEDED)[number], string>;
  await prepareDatabaseWith(given.ADMIN_DATABASE_URL, given.DATABASE_NAME, {
    owner: given.OWNER_PASSWORD,
    program: given.PROGRAM_PASSWORD,
  });
  return `The roles aktindsigt_owner and aktindsigt_program and the database ${given.DATABASE_NAME} are there.`;
}

if (require.main === module) {
  prepareServer(process.env).then(
    (sentence) => console.log(sentence),
    (error: Error) => {
      console.error(`The database server could not be prepared: ${error.message}`);
      process.exit(2);
    },
  );
}
