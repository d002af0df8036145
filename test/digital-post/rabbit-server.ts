import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/sandbox/process/real-server';

/** Debian's own starter changes to another user; this is the program behind it. */
const BEHIND = '/usr/lib/rabbitmq/bin/rabbitmq-server';
const VHOST = 'BF';
const USER = { name: 'fordeler', password: 'kun-i-test' };

export interface RabbitServer {
  vhost: string;
  queue: string;
  /** TLS that demands a client certificate; PLAIN, or EXTERNAL by the certificate's common name. */
  tlsUrl: string;
  /** Without TLS, for who lays messages in. */
  port: number;
  user: { name: string; password: string };
  stop(): Promise<void>;
}

export interface RabbitWishes {
  /** PEM files of the server, and of the authority of clients. */
  files: { ca: string; cert: string; key: string };
  /** Common name of the client certificate that may fetch. */
  client: string;
  queue: string;
}

/** A real broker with an empty queue, in a folder of its own, on free ports. */
export async function startRabbit({ files, client, queue }: RabbitWishes): Promise<RabbitServer> {
  const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-rabbit-'));
  const [port, tlsPort, nodePort, namePort] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const file = (name: string) => join(folder, name);
  await writeFile(file('enabled_plugins'), '[rabbitmq_auth_mechanism_ssl].\n');
  await writeFile(file('definitions.json'), JSON.stringify(definitions(client, queue)));
  const lines = [
    `listeners.tcp.1 = 127.0.0.1:${port}`,
    `listeners.ssl.1 = 127.0.0.1:${tlsPort}`,
    `ssl_options.cacertfile = ${files.ca}`,
    `ssl_options.certfile = ${files.cert}`,
    `ssl_options.keyfile = ${files.key}`,
    'ssl_options.verify = verify_peer',
    'ssl_options.fail_if_no_peer_cert = true',
    'auth_mechanisms.1 = PLAIN',
    'auth_mechanisms.2 = EXTERNAL',
    'ssl_cert_login_from = common_name',
    `load_definitions = ${file('definitions.json')}`,
  ];
  await writeFile(file('rabbitmq.conf'), `${lines.join('\n')}\n`);
  const environment = {
    ...process.env,
    HOME: folder,
    ERL_EPMD_PORT: String(namePort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: `aktindsigt${port}@localhost`,
    RABBITMQ_DIST_PORT: String(nodePort),
    RABBITMQ_CONFIG_FILE: file('rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: file('enabled_plugins'),
    RABBITMQ_MNESIA_BASE: file('data'),
    RABBITMQ_LOG_BASE: file('log'),
    RABBITMQ_PID_FILE: file('pid'),
    RABBITMQ_LOGS: '-',
  };
  const starter = existsSync(BEHIND) ? BEHIND : 'rabbitmq-server';
  const server = spawn(starter, [], { env: environment, stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  await ready(server);
  return {
    vhost: VHOST,
    queue,
    tlsUrl: `amqps://localhost:${tlsPort}`,
    port,
    user: USER,
    async stop() {
      // The starter is a shell: its whole group is what was started here.
      if (server.exitCode === null) {
        process.kill(-server.pid!, 'SIGTERM');
        await once(server, 'close');
      }
      const names = spawn('epmd', ['-port', String(namePort), '-kill'], { stdio: 'ignore' });
      await once(names, 'close').catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function definitions(client: string, queue: string) {
  const users = [
    { name: USER.name, password_hash: hashed(USER.password) },
    { name: client, password_hash: '' },
  ].map((user) => ({ ...user, hashing_algorithm: 'rabbit_password_hashing_sha256', tags: '' }));
  const permissions = users.map(({ name }) => ({ user: name, vhost: VHOST, configure: '.*', write: '.*', read: '.*' }));
  return {
    users,
    vhosts: [{ name: VHOST }],
    permissions,
    queues: [{ name: queue, vhost: VHOST, durable: true, auto_delete: false, arguments: {} }],
  };
}

/** As RabbitMQ keeps it: four bytes of salt, and SHA-256 of salt and password. */
function hashed(password: string): string {
  const salt = randomBytes(4);
  return Buffer.concat([salt, createHash('sha256').update(salt).update(password, 'utf8').digest()]).toString('base64');
}

async function ready(server: ChildProcess): Promise<void> {
  let text = '';
  await new Promise<void>((resolve, reject) => {
    server.stdout!.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString('utf8')).slice(-20_000);
      if (text.includes('Server startup complete')) resolve();
    });
    server.once('exit', () => reject(new Error(`The broker ended before it was ready: ${text.slice(-2000)}`)));
  });
}
