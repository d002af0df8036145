import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { TookTooLong, withinTime } from './within-time';

const LONGEST_START_MS = 60_000;

export interface StandInProcess<Ready> {
  /** What the stand-in said in its first line. */
  ready: Ready;
  pid: number;
  stop(): Promise<void>;
}

/** Starts `sandbox/<name>/main.js` and waits for its first line, a JSON object. It ends when this process ends. */
export async function startStandIn<Ready>(name: string, args: string[]): Promise<StandInProcess<Ready>> {
  const program = builtProgram(name);
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Loaders and flags of a test runner are not meant for the stand-in.
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let complaints = '';
  child.stderr.on('data', (chunk) => (complaints = `${complaints}${String(chunk)}`.slice(-2_000)));
  const firstLine = Promise.race([
    new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve)),
    ended.then(() => undefined),
  ]);
  const line = await withinTime(`The start of the stand-in ${name}`, LONGEST_START_MS, firstLine).catch((error) => {
    child.kill('SIGKILL');
    throw new TookTooLong(`${(error as Error).message} It wrote: ${complaints.trim()}`);
  });
  if (line === undefined)
    throw new Error(`The stand-in ${name} ended before it was ready. It wrote: ${complaints.trim()}`);
  return {
    ready: JSON.parse(line) as Ready,
    pid: child.pid as number,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

/** Beside this file in the built program; tests run from the sources and find it in `dist`. */
function builtProgram(name: string): string {
  const beside = join(__dirname, '..', name, 'main.js');
  const built = join(__dirname, '..', '..', '..', 'dist', 'sandbox', name, 'main.js');
  const found = [beside, built].find((file) => existsSync(file));
  if (found === undefined) throw new Error(`The stand-in ${name} is not built. Run npm run build first.`);
  return found;
}
