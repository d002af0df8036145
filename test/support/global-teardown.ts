import { rmSync } from 'node:fs';

/** Stops the server of this run and removes its data. A server that was given from outside stays. */
export default async function stopTestPostgres(): Promise<void> {
  const server = globalThis.testPostgres;
  if (server === undefined) return;
  await server.stop();
  rmSync(server.secretsFolder, { recursive: true, force: true });
}
