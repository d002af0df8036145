import { transformFile } from '@swc/core';
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres, type RunMode } from '.';

const root = process.getuid?.() === 0;
// Root cannot run PostgreSQL itself; an ordinary user cannot become another. Each gets every way that is open to it.
const modes: (RunMode | undefined)[] = root ? [undefined, 'other-user'] : ['directly'];

let folder: string;
let running: EmbeddedPostgres[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aktindsigt-spec-'));
});

afterEach(async () => {
  for (const server of running) {
    await server.stop();
    rmSync(server.secretsFolder, { recursive: true, force: true });
  }
  running = [];
  rmSync(folder, { recursive: true, force: true });
});

async function start(runMode?: RunMode): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ folder, runMode, durable: false });
  running.push(server);
  return server;
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const serverPid = (server: EmbeddedPostgres): number =>
  Number(readFileSync(join(server.secretsFolder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function until(condition: () => boolean, withinMs: number): Promise<boolean> {
  const giveUpAt = Date.now() + withinMs;
  while (!condition() && Date.now() < giveUpAt) await pause(50);
  return condition();
}

/** The launcher as JavaScript, inside the project so that its packages are found, for a process of its own. */
async function compiledLauncher(): Promise<string> {
  const local = join(__dirname, '..', '..', '..', '.local');
  mkdirSync(local, { recursive: true });
  const target = mkdtempSync(join(local, 'compiled-launcher-'));
  for (const name of readdirSync(__dirname).filter((file) => !file.endsWith('.spec.ts'))) {
    const { code } = await transformFile(join(__dirname, name), {
      module: { type: 'commonjs' },
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    });
    writeFileSync(join(target, name.replace(/\.ts$/, '.js')), code);
  }
  return target;
}

describe.each(modes)('run mode %s (undefined: chosen by itself)', (mode) => {
  it('starts, keeps the data over a stop and a start, and leaves no process behind', async () => {
    const first = await start(mode);
    await ask(first.adminUrl, `create table kept as select 'æøå' as word`);
    const pid = serverPid(first);
    await first.stop();
    expect(isAlive(pid)).toBe(false);

    const second = await start(mode);
    expect(await ask(second.adminUrl, 'select word from kept')).toEqual([{ word: 'æøå' }]);
    expect(await ask(second.adminUrl, 'show max_connections')).toEqual([{ max_connections: '300' }]);
    expect(await ask(second.adminUrl, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await ask(second.adminUrl, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
  });

  it('asks for the password, which is kept in a file that only the owner reads', async () => {
    const server = await start(mode);
    const wrong = new URL(server.adminUrl);
    wrong.password = 'wrong';
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    expect(statSync(join(server.secretsFolder, 'password')).mode & 0o777).toBe(0o600);
    expect(existsSync(join(server.secretsFolder, 'initdb-password'))).toBe(false);
  });

  it('removes the pid file of a server that died, also when another program has its number now', async () => {
    const server = await start(mode);
    await server.stop();
    writeFileSync(join(server.secretsFolder, 'data', 'postmaster.pid'), `${process.pid}\n/elsewhere\n`, {
      mode: 0o644,
    });
    const again = await start(mode);
    expect(await ask(again.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

it('refuses a folder on which a server is running, and says which process holds it', async () => {
  const server = await start();
  const second = startEmbeddedPostgres({ folder, durable: false, patienceMs: 300 });
  await expect(second).rejects.toThrow(new RegExp(`already running on .* \\(process ${serverPid(server)}\\)`));
});

it('tells why the server did not start, with the end of its log and without the password', async () => {
  const server = await start();
  await server.stop();
  writeFileSync(join(folder, 'data', 'postgresql.conf'), 'no_such_setting = on\n');
  const failure = await startEmbeddedPostgres({ folder, durable: false }).then(
    () => '',
    (error: Error) => error.message,
  );
  expect(failure).toMatch(/did not start on port \d+: it ended with code 1/);
  expect(failure).toMatch(/no_such_setting/);
  expect(failure).not.toContain(server.password);
});

it('makes the cluster anew when the first attempt was killed before its password was kept', async () => {
  const server = await start();
  await server.stop();
  rmSync(join(folder, 'password'));
  const again = await start();
  expect(again.password).not.toBe(server.password);
  expect(await ask(again.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
});

it('refuses a folder of programs that holds no initdb', async () => {
  process.env['EMBEDDED_PG_BIN'] = folder;
  try {
    await expect(start()).rejects.toThrow(/EMBEDDED_PG_BIN names .* there is no initdb in it/);
  } finally {
    delete process.env['EMBEDDED_PG_BIN'];
  }
});

it('stops the server when the program that started it is killed with SIGKILL', async () => {
  const launcher = await compiledLauncher();
  try {
    const script = `require(${JSON.stringify(join(launcher, 'index.js'))})
      .startEmbeddedPostgres({ folder: ${JSON.stringify(folder)}, durable: false })
      .then((server) => { console.log(server.secretsFolder); setInterval(() => undefined, 1000); });`;
    const program = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [secretsFolder] = (await new Promise((resolve) =>
      createInterface(program.stdout).once('line', (line) => resolve([line])),
    )) as [string];
    const pid = Number(readFileSync(join(secretsFolder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
    expect(isAlive(pid)).toBe(true);
    program.kill('SIGKILL');
    expect(await until(() => !isAlive(pid), 15_000)).toBe(true);
    expect(existsSync(join(secretsFolder, 'data', 'postmaster.pid'))).toBe(false);
  } finally {
    rmSync(launcher, { recursive: true, force: true });
  }
});
