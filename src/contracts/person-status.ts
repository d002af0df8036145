import type { LetterAddress } from './digital-post';

/** What the register of persons says of somebody at this moment. */
export interface PersonStatus {
  state: 'living' | 'dead' | 'abroad' | 'missing';
  /** Navne- og adressebeskyttelse: the address must not stand where others can read it. */
  isAddressProtected: boolean;
  /** Where a letter reaches the person; absent when the register knows none. */
  address?: LetterAddress;
}

/** The register of persons, asked at the moment of sending. Throws when there is no definite answer. */
export interface PersonStatusPort {
  /** `cpr`: ten digits. Null: no register is connected, so nothing is known. */
  statusOf(cpr: string, signal: AbortSignal): Promise<PersonStatus | null>;
}
