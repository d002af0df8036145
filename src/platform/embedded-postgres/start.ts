import { closeSync, existsSync, openSync, statSync, truncateSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { findBinaries } from './binaries';
import { openCluster, type Cluster } from './cluster';
import { clearEarlierServer } from './earlier-server';
import { GuardedProcess } from './guarded-process';
import { EmbeddedPostgresFailure, tailOfLog } from './launch-failure';
import { readableCopy } from './readable-copy';
import { chooseRunAs, type RunMode } from './run-as';

export interface EmbeddedPostgresOptions {
  /** Where data, passwords and log are kept, for example `.local/postgres`. */
  folder: string;
  /** A free port is taken when none is given. */
  port?: number;
  /** Chosen by itself when not given. */
  runMode?: RunMode;
  /** `false` skips fsync: for tests only, a crash of the machine may damage the data. */
  durable?: boolean;
  /** How long each of start and stop may take, in milliseconds. */
  patienceMs?: number;
}

export interface EmbeddedPostgres {
  /** Connection of the superuser over TCP on 127.0.0.1. Holds the password: never log it. */
  adminUrl: string;
  port: number;
  password: string;
  runMode: RunMode;
  /** A folder of ours for 0600 files that belong to this server, such as the passwords of roles. */
  secretsFolder: string;
  /** Ends with the server's exit code, should it stop without being asked. */
  ended: Promise<number | null>;
  stop(): Promise<void>;
}

const LOG_LIMIT_BYTES = 5_000_000;

/** Starts a real PostgreSQL that ends when this process ends, in whatever way it ends. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const runAs = chooseRunAs(options.runMode);
  const patienceMs = options.patienceMs ?? 60_000;
  const installed = findBinaries();
  const binaries = runAs.mode === 'other-user' ? readableCopy(installed) : installed;
  const durable = options.durable !== false;
  const cluster = openCluster(options.folder, binaries, runAs, durable);
  await clearEarlierServer(cluster.data, Math.min(patienceMs, 10_000));

  // Between finding a free port and taking it another program may take it: then the next one is tried.
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const logStart = prepareLog(cluster.logFile);
    const command = [join(binaries.bin, 'postgres'), '-D', cluster.data, ...settings(port, durable)];
    const server = new GuardedProcess(command, { cwd: cluster.base, logFile: cluster.logFile }, runAs);
    const adminUrl = `postgresql://postgres:${cluster.password}@127.0.0.1:${port}/postgres`;
    const failure = await failureToStart(server, adminUrl, patienceMs);
    if (failure === undefined) {
      return {
        adminUrl,
        port,
        password: cluster.password,
        runMode: runAs.mode,
        secretsFolder: cluster.base,
        ended: server.ended,
        stop: () => server.stop(patienceMs),
      };
    }
    await server.stop(patienceMs);
    const words = tailOfLog(cluster.logFile, logStart);
    if (/address already in use/i.test(words) && options.port === undefined && attempt < 4) continue;
    throw new EmbeddedPostgresFailure(startSentence(failure, port, cluster, words));
  }
}

function settings(port: number, durable: boolean): string[] {
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    // TCP only: a socket file leaves its own stale lock behind and its path has a limit of 107 bytes.
    unix_socket_directories: '',
    // Eight queues and workers take about 41 connections; several programs and the tests share one server.
    max_connections: 300,
    password_encryption: 'scram-sha-256',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Undefined when the server answers; else why not. */
async function failureToStart(
  server: GuardedProcess,
  adminUrl: string,
  patienceMs: number,
): Promise<string | undefined> {
  const giveUpAt = Date.now() + patienceMs;
  while (Date.now() < giveUpAt) {
    if (server.hasEnded) return server.failure?.message ?? `it ended with code ${await server.ended}`;
    const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 });
    // A server that shuts a connection during its start is an answer like any other: the next attempt tells.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return undefined;
    } catch {
      await pause(30);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return `it did not answer within ${Math.round(patienceMs / 1000)} seconds`;
}

function startSentence(failure: string, port: number, cluster: Cluster, words: string): string {
  return (
    `The embedded PostgreSQL did not start on port ${port}: ${failure}. ${words}\n` +
    `The whole log is ${cluster.logFile}. Set DATABASE_URL to use a PostgreSQL server of your own.`
  );
}

function prepareLog(logFile: string): number {
  closeSync(openSync(logFile, 'a', 0o600));
  if (existsSync(logFile) && statSync(logFile).size > LOG_LIMIT_BYTES) truncateSync(logFile);
  return statSync(logFile).size;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
