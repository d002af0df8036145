import { ExchangeError } from './exchange-error';

/** The work, or an `ExchangeError` as soon as the signal says stop; the work itself may go on for somebody else. */
export function orStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () =>
      reject(new ExchangeError('aborted', 'The exchange with the post was stopped before it answered.'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
