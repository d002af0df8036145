/** NSIS levels of assurance; a citizen needs at least `substantial` (Betydelig). */
export type AssuranceLevel = 'low' | 'substantial' | 'high';

const PREFIX = 'https://data.gov.dk/concept/core/nsis/';

/**
 * Brokers spell the level in different ways: `Substantial` (OIOSAML 3), the URL of the concept (OIDC brokers),
 * `SUBSTANTIAL`. Null for anything else: an unknown level is no level.
 */
export function assuranceLevel(claim: unknown): AssuranceLevel | null {
  if (typeof claim !== 'string') return null;
  const name = (claim.startsWith(PREFIX) ? claim.slice(PREFIX.length) : claim).toLowerCase();
  return name === 'low' || name === 'substantial' || name === 'high' ? name : null;
}

export function isEnough(level: AssuranceLevel | null): boolean {
  return level === 'substantial' || level === 'high';
}
