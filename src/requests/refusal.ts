/** A refusal that people read: staff or citizen, whole Danish sentences, with what to do. */
export class Refusal extends Error {
  constructor(
    /** Stable, for tests and pages: `review-not-finished`. */
    readonly code: string,
    message: string,
    /** Each thing that is in the way, when there is more than one. */
    readonly reasons: string[] = [],
  ) {
    super(message);
    this.name = 'Refusal';
  }
}
