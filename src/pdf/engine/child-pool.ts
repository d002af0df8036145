import { EngineChild } from './child-process';
import { PdfCrashError, PdfError, PdfTimeoutError, PdfTooLargeError } from './errors';
import type { ProcessLimits } from './forked-child';
import type { JobName, Jobs } from './jobs';
import { Seats } from './seats';

/** A child that has grown beyond this is replaced before its next job: WASM memory never shrinks. */
const RECYCLE_BYTES = 400 * 2 ** 20;
const RECYCLE_JOBS = 200;

interface Seat {
  child?: EngineChild;
  jobs: number;
}

/** A fixed number of seats; each holds at most one child process, started when it is needed. */
export class ChildPool {
  private readonly seats: Seats<Seat>;
  private closed = false;

  constructor(
    processes: number,
    private readonly limits: ProcessLimits,
  ) {
    this.seats = new Seats(processes, () => ({ jobs: 0 }));
  }

  /**
   * Runs a job; a child that was killed or died is replaced and the job is tried once more. It may take so many times as long
   * as others.
   */
  async run<N extends JobName>(name: N, args: Jobs[N]['args'], times = 1): Promise<Jobs[N]['result']> {
    const limits = { ...this.limits, timeoutMs: this.limits.timeoutMs * times };
    return this.seats.use((seat) => {
      const attempt = () => this.attempt(seat, name, args, limits);
      return attempt().catch((error: unknown) => {
        if (!worthASecondTry(error) || this.closed) throw error;
        return attempt();
      });
    });
  }

  private async attempt<N extends JobName>(
    seat: Seat,
    name: N,
    args: Jobs[N]['args'],
    limits: ProcessLimits,
  ): Promise<Jobs[N]['result']> {
    if (this.closed) throw new PdfError('The PDF engine is closed.');
    const child = await this.seated(seat);
    seat.jobs += 1;
    return child.run(name, args, limits);
  }

  private async seated(seat: Seat): Promise<EngineChild> {
    const worn = seat.jobs >= RECYCLE_JOBS || ((await seat.child?.residentBytes()) ?? 0) > RECYCLE_BYTES;
    if (seat.child?.alive && !worn) return seat.child;
    await seat.child?.close();
    seat.child = new EngineChild();
    seat.jobs = 0;
    return seat.child;
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.seats.all.map(async (seat) => seat.child?.close()));
  }
}

function worthASecondTry(error: unknown): boolean {
  return error instanceof PdfCrashError || error instanceof PdfTimeoutError || error instanceof PdfTooLargeError;
}
