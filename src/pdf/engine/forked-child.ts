import { fork, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** What a child may use before its parent ends it. */
export interface ProcessLimits {
  timeoutMs: number;
  maxResidentBytes: number;
}

/** Where the compiled file of a source's folder lies: sources are never run directly, so that a child is a plain Node process. */
export function compiledFile(folder: string, name: string): string {
  return join(folder.replace(`${sep}src${sep}`, `${sep}dist${sep}`), name);
}

/** A child process of our own that is spoken to by messages; it inherits neither our settings nor our secrets. */
export class ForkedChild {
  protected readonly process: ChildProcess;

  constructor(file: string) {
    this.process = fork(file, [], {
      execArgv: [],
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    this.process.on('error', () => undefined);
  }

  get alive(): boolean {
    const { exitCode, signalCode, killed, connected } = this.process;
    return exitCode === null && signalCode === null && !killed && connected;
  }

  /** Resident memory in bytes; 0 when the process is gone or the system does not tell. */
  async residentBytes(): Promise<number> {
    const status = await readFile(`/proc/${this.process.pid}/status`, 'utf8').catch(() => '');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  }

  protected kill(): void {
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
