/** Where an exchange with NgDP broke. */
export type NgdpFailure = 'timeout' | 'connection' | 'certificate' | 'aborted' | 'answer';

/** An exchange with NgDP that gave no definite answer. Holds neither address nor cause: the address can hold a CPR number. */
export class NgdpError extends Error {
  override readonly name = 'NgdpError';

  constructor(
    readonly failure: NgdpFailure,
    message: string,
    /** HTTP status, when there was an answer. */
    readonly status?: number,
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}
