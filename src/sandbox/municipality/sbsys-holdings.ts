import type { HeldCase } from '../records/holdings';
import { ELDERLY_CASE } from './elderly-case';
import { SICKNESS_CASE } from './sickness-case';
import { boCase, CLARA_CASE } from './small-cases';

/** What SBSYS holds in Solby; `port` goes into the document that calls home. */
export function sbsysHoldings(port?: number): HeldCase[] {
  return [SICKNESS_CASE, ELDERLY_CASE, CLARA_CASE, boCase(port)];
}
