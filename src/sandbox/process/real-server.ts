import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, connect, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Debian keeps servers where an ordinary user's PATH does not look. */
const PATH = [process.env.PATH, '/usr/sbin', '/usr/bin', '/usr/local/sbin'].join(':');
const LONGEST_START_MS = 30_000;
const KILLED_AFTER_MS = 5_000;

export interface RealServer {
  pid: number;
  stop(): Promise<void>;
}

export interface ServerCommand {
  program: string;
  args: string[];
  /** The server is ready when this port answers. */
  port: number;
  env?: Record<string, string>;
}

/** Runs a real server in the foreground as this user, and waits until its port answers. */
export async function startRealServer({ program, args, port, env }: ServerCommand): Promise<RealServer> {
  const child = spawn(program, args, { env: { PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let complaints = '';
  const keep = (chunk: unknown): void => void (complaints = `${complaints}${String(chunk)}`.slice(-2_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => (keep(error.message), resolve()));
  });
  let isRunning = true;
  void ended.then(() => (isRunning = false));
  const begun = performance.now();
  while (!(await answers(port))) {
    if (!isRunning) throw new Error(`${program} ended before it was ready. It wrote: ${complaints.trim()}`);
    if (performance.now() - begun > LONGEST_START_MS) {
      await end(child, ended);
      throw new Error(`${program} was not ready after ${LONGEST_START_MS / 1000} s. It wrote: ${complaints.trim()}`);
    }
    await pause(25);
  }
  return { pid: child.pid as number, stop: () => end(child, ended) };
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), KILLED_AFTER_MS);
  await ended;
  clearTimeout(late);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

/** A port of 127.0.0.1 that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
