/** What a requester may see of a person: `protected` is a person whose every trace is shown to the caseworker. */
export type PartyAccess = 'own' | 'third' | 'employee' | 'professional' | 'protected' | 'unknown';

/** A person whom a records system names as belonging to a case. CPR in any spelling. */
export interface RegisterParty {
  id: string;
  /** Free words, as the records system has them: `requester`, `spouse, separated`, `notifier`, `caseworker` … */
  role: string;
  access: PartyAccess;
  name: string;
  cpr?: string;
  address?: string;
  phone?: string;
  email?: string;
}

/** The list of parties that a request is judged against; `requester` is the id of the one who asks. */
export interface PartyRegister {
  case: string;
  requester: string;
  parties: RegisterParty[];
}
