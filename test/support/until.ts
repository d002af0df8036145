import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 100;

/** Asks until the answer is as wanted; after the limit the last answer stands in the error. */
export async function until<T>(
  wanted: string,
  ask: () => Promise<T>,
  isWanted: (answer: T) => boolean,
  limitMs = 60_000,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (Date.now() > end) throw new Error(`Waited ${limitMs} ms in vain until ${wanted}: ${JSON.stringify(answer)}`);
    await pause(POLL_MS);
  }
}
