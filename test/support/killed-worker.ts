import { readdir } from 'node:fs/promises';
import type { Program } from '../../src/sandbox/demo/program';
import type { Town } from '../../src/sandbox/demo/town';

export const MOMENTS = ['after-load', 'after-effect', 'before-mark'] as const;
export type KillPointName = `${string}.${string}:${(typeof MOMENTS)[number] | 'file-fetched' | 'message-sent'}`;

/** A request's whole way is one job at a time; no point is further away than this, also on a busy machine. */
const LIMIT_MS = 120_000;

/** A worker that is told where to kill itself, again and again; each is followed by one that goes on. */
export class KilledWorker {
  /** The points where a worker really died, in order. */
  readonly died: KillPointName[] = [];
  /** Working folders that lay there when a worker had just died. */
  readonly leftBehind = new Set<string>();

  constructor(private readonly town: Town) {}

  /** Starts a worker that dies at the point. `meanwhile`: what people do while it is on its way there. */
  async dieAt(point: KillPointName, meanwhile: () => Promise<void> = async () => undefined): Promise<void> {
    const worker = await this.town.run('worker', { KILL_POINT: point });
    await Promise.all([meanwhile(), this.death(worker, point)]);
  }

  private async death(worker: Program, point: KillPointName): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`No worker came to ${point}. It wrote: ${worker.log.slice(-3000).trim()}`)),
        LIMIT_MS,
      );
    });
    try {
      const signal = await Promise.race([worker.ended(), tooLate]);
      if (signal !== 'SIGKILL')
        throw new Error(`The worker ended by itself before ${point}. It wrote: ${worker.log.slice(-3000).trim()}`);
      this.died.push(point);
      for (const name of await readdir(this.town.settings['TEMPORARY_FOLDER'])) this.leftBehind.add(name);
    } finally {
      clearTimeout(timer);
    }
  }
}
