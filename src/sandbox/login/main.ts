import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { endWithParent } from '../process/end-with-parent';
import { startLoginServer } from './login-server';
import { parseTestUsers } from './test-user';

/** The login stand-in as a process of its own. Prints one JSON line with the issuer and the clients when it is ready. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      users: { type: 'string' },
      'citizen-redirect': { type: 'string', multiple: true },
      'staff-redirect': { type: 'string', multiple: true },
      'logout-redirect': { type: 'string', multiple: true },
      port: { type: 'string' },
    },
  });
  if (values.users === undefined)
    throw new Error('Name the test users: --users FILE.json, or --users with the JSON itself.');
  const server = await startLoginServer({
    users: parseTestUsers(existsSync(values.users) ? readFileSync(values.users, 'utf8') : values.users),
    citizenRedirectUris: values['citizen-redirect'] ?? [],
    staffRedirectUris: values['staff-redirect'] ?? [],
    postLogoutRedirectUris: values['logout-redirect'],
    port: values.port === undefined ? undefined : Number(values.port),
  });
  const { issuer, citizen, staff } = server;
  process.stdout.write(`${JSON.stringify({ issuer, citizen, staff })}\n`);
  endWithParent(() => server.stop());
}

main().catch((error: Error) => {
  process.stderr.write(`The login stand-in did not start: ${error.message}\n`);
  process.exit(2);
});
