import type { HeldCase } from '../records/holdings';
import { ELDERLY_CASE } from './elderly-case';
import { FAMILY_CASE } from './family-case';
import { SICKNESS_CASE } from './sickness-case';

/** Solby Kommune does not exist; its CVR number is invented. */
export const SOLBY = {
  name: 'Solby Kommune',
  cvr: '99180204',
  address: 'Rådhustorvet 1, 7799 Solby',
  phone: '58 10 02 00',
  email: 'aktindsigt@solby.example',
  dataProtectionEmail: 'databeskyttelse@solby.example',
} as const;

/** Everything that holds a case of Ida's: twice in SBSYS, once in the shared archive's export. */
export const IDA_CASES: HeldCase[] = [SICKNESS_CASE, ELDERLY_CASE, FAMILY_CASE];

/** What the shared archive exports to the drop folder. */
export function dropFolderCases(): HeldCase[] {
  return [FAMILY_CASE];
}
