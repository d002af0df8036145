import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { TookTooLong, withinTime } from '../process/within-time';

export type ProgramName = 'all' | 'web' | 'worker';

const BESIDE = join(__dirname, '..', '..', 'main.js');
const BUILT = join(__dirname, '..', '..', '..', 'dist', 'main.js');

const LONGEST_START_MS = 60_000;

/** The program in a process of its own, with nothing of this process but its settings. */
export class Program {
  private output = '';

  private constructor(
    private readonly child: ChildProcess,
    logFile?: string,
  ) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.output = `${this.output}${chunk.toString()}`.slice(-200_000);
        if (logFile) appendFileSync(logFile, chunk);
      });
  }

  static async start(name: ProgramName, settings: Record<string, string>, logFile?: string): Promise<Program> {
    const entry = existsSync(BESIDE) ? BESIDE : BUILT;
    const { PATH, HOME, LANG, TMPDIR } = process.env;
    const child = fork(entry, [name], {
      env: { PATH, HOME, LANG, TMPDIR, ...settings },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const program = new Program(child, logFile);
    const ready = once(child, 'message').then(() => true);
    const ended = once(child, 'exit').then(() => false);
    const start = withinTime(`The start of the program "${name}"`, LONGEST_START_MS, Promise.race([ready, ended]));
    const isReady = await start.catch((error: Error) => {
      child.kill('SIGKILL');
      throw new TookTooLong(`${error.message} It wrote: ${program.log.slice(-2000).trim()}`);
    });
    if (isReady) return program;
    // A program that is told to kill itself may do so before it is ready; whoever told it looks at `ended`.
    if (child.signalCode === 'SIGKILL') return program;
    throw new Error(`The program "${name}" ended before it was ready. It wrote: ${program.log.slice(-2000).trim()}`);
  }

  /** What it wrote, the latest 200,000 characters. */
  get log(): string {
    return this.output;
  }

  get pid(): number {
    return this.child.pid as number;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Resolves with the signal that ended it, or null when it ended by itself. */
  async ended(): Promise<NodeJS.Signals | null> {
    if (this.isRunning) await once(this.child, 'exit');
    return this.child.signalCode;
  }

  /** Asks it to stop, and waits until it has. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (!this.isRunning) return;
    this.child.kill(signal);
    await this.ended();
  }
}
