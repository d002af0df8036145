import { setTimeout as pause } from 'node:timers/promises';

/**
 * How hard one source may be asked: so many requests at a time and so many a second (a burst of one second's worth).
 * A slot is held until the answer's body is read to its end.
 */
export class RequestBudget {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  /** Milliseconds since the epoch when the bucket would be full again. */
  private fullAt = 0;

  constructor(
    private readonly parallel: number,
    private readonly perSecond: number,
  ) {}

  /** Waits for a slot and a token. Call the function that is returned, once or more, to give the slot back. */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    await this.slot(signal);
    let held = true;
    const leave = (): void => {
      if (!held) return;
      held = false;
      this.running -= 1;
      this.waiting.shift()?.();
    };
    try {
      await this.token(signal);
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }

  private async slot(signal: AbortSignal): Promise<void> {
    while (this.running >= this.parallel) {
      await new Promise<void>((resolve, reject) => {
        const next = (): void => {
          signal.removeEventListener('abort', abandon);
          resolve();
        };
        const abandon = (): void => {
          this.waiting.splice(this.waiting.indexOf(next), 1);
          reject(signal.reason);
        };
        signal.addEventListener('abort', abandon, { once: true });
        this.waiting.push(next);
      });
    }
    this.running += 1;
  }

  private async token(signal: AbortSignal): Promise<void> {
    const now = Date.now();
    const interval = 1000 / this.perSecond;
    this.fullAt = Math.max(now, this.fullAt) + interval;
    const wait = this.fullAt - now - 1000;
    if (wait > 0) await pause(wait, undefined, { signal });
  }
}
