import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Socket } from 'node:net';
import { commandFor, type RunAs } from './run-as';

/**
 * A shell that runs the server and holds the reading end of a pipe from us. The pipe closes when we ask for the stop and
 * also when we die in any way, SIGKILL included; the server then gets SIGINT, which is its fast and clean shutdown.
 */
const GUARD = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
trap 'kill -INT $server' INT TERM HUP
( while read -r _ <&3; do :; done; kill -INT $server ) >/dev/null 2>&1 &
guard=$!
exec 3<&-
while :; do
  wait $server
  code=$?
  kill -0 $server 2>/dev/null || break
done
kill $guard 2>/dev/null
exit $code
`;

/** A server process that ends with us. `ended` holds the exit code (null after a signal). */
export class GuardedProcess {
  readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;
  hasEnded = false;
  /** Set when the process could not even be started. */
  failure: Error | undefined;

  constructor(command: string[], where: { cwd: string; logFile: string }, runAs: RunAs) {
    const log = openSync(where.logFile, 'a', 0o600);
    const [program, args] = commandFor(runAs, ['/bin/sh', '-c', GUARD, 'guard', ...command]);
    this.child = spawn(program, args, {
      cwd: where.cwd,
      uid: runAs.uid,
      gid: runAs.gid,
      stdio: ['pipe', log, log],
      // Its own group: Ctrl-C at the terminal reaches the program, which then stops the server in its own order.
      detached: true,
    });
    closeSync(log);
    this.ended = new Promise((resolve) => {
      const end = (code: number | null): void => {
        this.hasEnded = true;
        this.child.stdin?.destroy();
        resolve(code);
      };
      this.child.once('exit', end);
      this.child.once('error', (error) => {
        this.failure = error;
        end(null);
      });
    });
    this.child.stdin?.on('error', () => undefined);
    this.child.unref();
    (this.child.stdin as Socket | null)?.unref();
  }

  /** Asks for the clean shutdown, and kills the whole group when it has not ended in time. */
  async stop(patienceMs: number): Promise<void> {
    if (this.hasEnded) return;
    this.child.ref();
    this.child.stdin?.end();
    const harder = setTimeout(() => this.killGroup(), patienceMs);
    await this.ended;
    clearTimeout(harder);
  }

  private killGroup(): void {
    try {
      if (this.child.pid !== undefined) process.kill(-this.child.pid, 'SIGKILL');
    } catch {
      // It ended by itself between the last look and this line.
    }
  }
}
