import type { LetterAddress } from './digital-post';

/** What the register of persons says of somebody at this moment. CPR numbers in clear: never stored or logged. */
export interface PersonStatus {
  /** `unknown`: the register says that nobody has the number. */
  state: 'living' | 'dead' | 'abroad' | 'missing' | 'unknown';
  /** False when the person has got another number since. */
  isPresentNumber: boolean;
  /** Navne- og adressebeskyttelse: the address must not stand where others can read it. */
  isAddressProtected: boolean;
  /** Where a letter reaches the person; absent when the register knows none. */
  address?: LetterAddress;
  /** Ten digits each: who has custody of the person. Empty for one who has come of age. */
  custodyHolders: string[];
  /** Ten digits each: guardians that the register names. It does not know every guardianship. */
  guardians: string[];
}

/** The register of persons, asked at the moment of sending. Throws when there is no definite answer. */
export interface PersonStatusPort {
  /** `cpr`: ten digits. Null: no register is connected, so nothing is known. */
  statusOf(cpr: string, signal: AbortSignal): Promise<PersonStatus | null>;
}
