import { Injectable } from '@nestjs/common';
import { SourceError } from '../contracts';
import { Settings } from '../platform/settings';

/** Runs of one source at the same time in one process; the others wait, and other sources pass them by. */
const RUNS_AT_ONCE = 2;

/** Keeps one slow source from taking the others' turns: a few runs at a time, and a budget of time for each. */
@Injectable()
export class SourceLimits {
  private readonly running = new Map<string, number>();
  private readonly waiting = new Map<string, (() => void)[]>();

  constructor(private readonly settings: Settings) {}

  /** `work` is stopped when its budget is spent; what it has stored by then is not done again. */
  async within<T>(sourceId: string, signal: AbortSignal, work: (bounded: AbortSignal) => Promise<T>): Promise<T> {
    await this.enter(sourceId);
    const budget = AbortSignal.timeout(this.settings.SOURCE_BUDGET_MS);
    try {
      return await work(AbortSignal.any([signal, budget]));
    } catch (error) {
      if (!budget.aborted || signal.aborted) throw error;
      throw new SourceError('timeout', 'The source took longer than its budget; the search goes on from there.', true);
    } finally {
      this.leave(sourceId);
    }
  }

  private enter(sourceId: string): Promise<void> | void {
    const running = this.running.get(sourceId) ?? 0;
    if (running < RUNS_AT_ONCE) return void this.running.set(sourceId, running + 1);
    return new Promise((resolve) => this.waiting.set(sourceId, [...(this.waiting.get(sourceId) ?? []), resolve]));
  }

  /** The place goes to the next that waits. */
  private leave(sourceId: string): void {
    const next = this.waiting.get(sourceId)?.shift();
    if (next) return next();
    this.running.set(sourceId, (this.running.get(sourceId) ?? 1) - 1);
  }
}
