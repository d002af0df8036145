import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startLoginProcess } from '../../src/sandbox/login';
import { startStandIn } from '../../src/sandbox/process/start-stand-in';

it('runs the login server as a process of its own that answers discovery, and stops it', async () => {
  const server = await startLoginProcess({
    users: [{ kind: 'citizen', id: 'karen', name: 'Karen', cpr: '0101901234', loa: 'Substantial' }],
    citizenRedirectUris: ['http://127.0.0.1:8080/tilbage'],
    staffRedirectUris: [],
  });
  const discovery = (await (await fetch(`${server.issuer}/.well-known/openid-configuration`)).json()) as {
    issuer: string;
  };
  expect(discovery.issuer).toBe(server.issuer);
  await server.stop();
  await expect(fetch(server.issuer)).rejects.toThrow();
});

it('tells why a stand-in did not start', async () => {
  await expect(startStandIn('login', [])).rejects.toThrow(/ended before it was ready.*Name the test users/);
});

it('ends a stand-in whose parent is gone', async () => {
  const program = join(__dirname, '..', '..', 'dist', 'sandbox', 'smtp', 'main.js');
  const child = spawn(process.execPath, [program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  await once(createInterface(child.stdout), 'line');
  // The system closes the pipe when a process dies, however it dies.
  child.stdin.destroy();
  expect(await once(child, 'exit')).toEqual([0, null]);
});
