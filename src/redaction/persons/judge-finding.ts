import type { PartyAccess } from '../../contracts';
import { isKeptAccess } from './request-person';

/** What the detector said of a place, before any choice. */
export interface FoundPlace {
  redact: boolean;
  /** How the person of the finding stood when it was made; null when nobody was meant. */
  accessThen: PartyAccess | null;
  /** The document was sent in by the requester. */
  isSentIn: boolean;
}

/**
 * Whether a place is proposed for removal, now that its person stands as `accessNow`. What the detector said holds as long
 * as the person is kept or not kept as before. What the citizen has sent in is known to the citizen: there only what is
 * protected is proposed.
 */
export function isProposedToGo(found: FoundPlace, accessNow: PartyAccess | null): boolean {
  if (accessNow === 'protected') return true;
  if (found.isSentIn) return false;
  if (accessNow === null || found.accessThen === null) return found.redact;
  const isKept = isKeptAccess(accessNow);
  return isKeptAccess(found.accessThen) === isKept ? found.redact : !isKept;
}
