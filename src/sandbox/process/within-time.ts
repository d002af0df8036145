/** Some work did not end in its time. What it was stands in the message. */
export class TookTooLong extends Error {}

/** Waits for some work, at most so long. The work itself goes on; whoever began it stops it. */
export async function withinTime<T>(what: string, limitMs: number, work: Promise<T>): Promise<T> {
  let alarm: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    alarm = setTimeout(() => reject(new TookTooLong(`${what} was not done after ${limitMs / 1000} s.`)), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(alarm);
  }
}
