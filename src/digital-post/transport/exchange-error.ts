/** Where an exchange with the post broke. */
export type ExchangeFailure = 'timeout' | 'connection' | 'certificate' | 'aborted' | 'answer';

/** An exchange that gave no definite answer. Holds neither address nor cause: the address can hold a CPR number. */
export class ExchangeError extends Error {
  override readonly name: string = 'ExchangeError';

  constructor(
    readonly failure: ExchangeFailure,
    message: string,
    /** HTTP status, when there was an answer. */
    readonly status?: number,
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}
