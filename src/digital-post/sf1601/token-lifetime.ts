const DANISH_TIME = /^(\d{2})\/(\d{2})\/(\d{4}) (\d{2}):(\d{2}):(\d{2})$/;
/** Danish time is at most this far ahead of UTC. */
const SUMMER_TIME_MS = 2 * 3_600_000;

/**
 * When a SAML token ends, in milliseconds since 1970, from `Lifetime` as the token service writes it, `MM/DD/YYYY
 * HH:MM:SS`. Nobody says whether that is Danish time or UTC: it is read as the earlier of the two, so that no token is used
 * after its end. A text of another shape means that the token is good for its first use only.
 */
export function readTokenLifetime(lifetime: unknown): number {
  const parts = DANISH_TIME.exec(typeof lifetime === 'string' ? lifetime.trim() : '')
    ?.slice(1)
    .map(Number);
  if (!parts) return 0;
  const [month, day, year, hour, minute, second] = parts as [number, number, number, number, number, number];
  return Date.UTC(year, month - 1, day, hour, minute, second) - SUMMER_TIME_MS;
}
