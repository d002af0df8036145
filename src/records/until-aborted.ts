/** `work`, or the signal's reason as soon as the run is given up. Whoever started `work` ends it. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    // A listener that stayed would hold the result for as long as the run lasts.
    signal.removeEventListener('abort', stop);
  }
}
