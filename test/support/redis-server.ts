import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingProgram } from './missing-program';

export interface RedisServer {
  url: string;
  stop(): Promise<void>;
}

/** A real Redis on a free port; null when the program is not on this machine (in CI that is a failure). */
export async function startRedis(): Promise<RedisServer | null> {
  if (missingProgram('redis-server', 'the queue on Redis')) return null;
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-redis-'));
  const server = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--maxmemory-policy', 'noeviction'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await readyLine(server);
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      server.kill('SIGTERM');
      if (server.exitCode === null) await once(server, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function readyLine(server: ChildProcess): Promise<void> {
  for await (const chunk of server.stdout as AsyncIterable<Buffer>) {
    if (chunk.toString().includes('Ready to accept connections')) break;
  }
  if (server.exitCode !== null) throw new Error('redis-server ended before it was ready.');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
