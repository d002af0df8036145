import { setTimeout as pause } from 'node:timers/promises';
import { SourceError } from '../../contracts';

export interface RetryRules {
  /** Tries after the first one. */
  retries: number;
  /** The first pause in milliseconds; it doubles each time, with jitter. */
  retryBaseMs: number;
  /** A source that asks for a longer pause than this is left for the caller to come back to. */
  longestPauseMs: number;
}

/** Runs `attempt` until it succeeds, fails for good or the tries are used up. Only for reads: a search POST is a read. */
export async function withRetries<T>(rules: RetryRules, signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof SourceError) || !error.retryable || tries >= rules.retries) throw error;
      const wait = error.retryAfterMs ?? pauseBefore(tries, rules);
      if (wait > rules.longestPauseMs) throw error;
      await pause(wait, undefined, { signal });
    }
  }
}

function pauseBefore(tries: number, rules: RetryRules): number {
  const full = Math.min(rules.longestPauseMs, rules.retryBaseMs * 2 ** tries);
  return full / 2 + (Math.random() * full) / 2;
}

/** `Retry-After` as seconds or as an HTTP date, in milliseconds from `now`; undefined when absent or unreadable. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
