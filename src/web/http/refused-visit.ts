import type { RefusalKind } from '../views/afvisning';

/** A page that this visitor does not get; the filter shows why and what to do. */
export class RefusedVisit extends Error {
  constructor(
    readonly kind: RefusalKind,
    readonly sentence?: string,
    readonly href?: string,
  ) {
    super(`The visit was refused: ${kind}.`);
    this.name = 'RefusedVisit';
  }
}
