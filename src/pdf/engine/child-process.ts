import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { errorFromChild, PdfCrashError, PdfError, PdfTimeoutError, PdfTooLargeError } from './errors';
import type { JobName, JobReply, JobRequest, Jobs } from './jobs';

export interface Limits {
  timeoutMs: number;
  maxResidentBytes: number;
}

const POLL_MS = 50;

/** The compiled entry of the child: sources are never run directly, so that a child is a plain Node process. */
function childEntry(): string {
  const folder = __dirname.replace(`${sep}src${sep}`, `${sep}dist${sep}`);
  const entry = join(folder, 'child.js');
  if (!existsSync(entry))
    throw new PdfError(`The PDF engine is not compiled (${entry} is missing): run "npm run build".`);
  return entry;
}

/** Resident memory of a process in bytes; 0 when it is gone or the system does not tell. */
export async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

/** One child that runs one job at a time, watched by its parent, which kills it when it exceeds its limits. */
export class EngineChild {
  private readonly process: ChildProcess;
  private nextId = 1;
  private stderr = '';

  constructor() {
    this.process = fork(childEntry(), [], {
      execArgv: [],
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    this.process.stderr?.on('data', (chunk: Buffer) => (this.stderr = (this.stderr + chunk.toString()).slice(-2000)));
    this.process.on('error', () => undefined);
  }

  get alive(): boolean {
    const { exitCode, signalCode, killed, connected } = this.process;
    return exitCode === null && signalCode === null && !killed && connected;
  }

  async residentBytes(): Promise<number> {
    return this.process.pid === undefined ? 0 : residentBytes(this.process.pid);
  }

  run<N extends JobName>(name: N, args: Jobs[N]['args'], limits: Limits): Promise<Jobs[N]['result']> {
    const request: JobRequest = { id: this.nextId++, name, args };
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearInterval(watch);
        this.process.off('message', onMessage);
        this.process.off('exit', onExit);
        act();
      };
      const onMessage = (reply: JobReply) => {
        if (reply.id !== request.id) return;
        settle(() =>
          reply.ok
            ? resolve(reply.result as Jobs[N]['result'])
            : reject(errorFromChild(reply.error.name, reply.error.message)),
        );
      };
      const onExit = (code: number | null, signal: NodeJS.Signals | null) =>
        settle(() =>
          reject(new PdfCrashError(`The PDF process ended (${signal ?? `code ${code}`}) during the job "${name}".`)),
        );
      const giveUp = (error: PdfError) =>
        settle(() => {
          this.kill();
          reject(error);
        });
      const watch = this.watch(name, limits, giveUp);
      this.process.on('message', onMessage);
      this.process.once('exit', onExit);
      this.process.send(request, (error) => {
        if (error) giveUp(new PdfCrashError(`The PDF process could not be reached for the job "${name}".`));
      });
    });
  }

  private watch(name: string, limits: Limits, giveUp: (error: PdfError) => void): NodeJS.Timeout {
    const started = Date.now();
    return setInterval(() => {
      if (Date.now() - started > limits.timeoutMs) {
        giveUp(new PdfTimeoutError(`The job "${name}" took longer than ${limits.timeoutMs} ms and was stopped.`));
        return;
      }
      void this.residentBytes().then((bytes) => {
        if (bytes <= limits.maxResidentBytes) return;
        const allowed = Math.round(limits.maxResidentBytes / 2 ** 20);
        giveUp(new PdfTooLargeError(`The job "${name}" needed more than ${allowed} MiB of memory and was stopped.`));
      });
    }, POLL_MS);
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }

  /** Kills the child and waits until it is gone, so that nothing stays open behind it. */
  async close(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = new Promise((resolve) => this.process.once('close', resolve));
    this.kill();
    await gone;
  }
}
