import { readFileSync } from 'node:fs';
import { processFamily } from './process-family';

const EVERY_MS = 250;

/** Runs work and tells the most resident memory, in bytes, of this process and all below it at one moment. Linux only. */
export async function withPeakMemory<T>(work: () => Promise<T>): Promise<{ result: T; peakBytes: number }> {
  let peakBytes = 0;
  const look = (): void => {
    peakBytes = Math.max(
      peakBytes,
      processFamily().reduce((sum, pid) => sum + residentBytes(pid), 0),
    );
  };
  const watch = setInterval(look, EVERY_MS);
  try {
    const result = await work();
    look();
    return { result, peakBytes };
  } finally {
    clearInterval(watch);
  }
}

function residentBytes(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
