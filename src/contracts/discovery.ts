/** Why a number is or was the citizen's. Only a jurist may let in what was found by one of the last three. */
export type NumberReason = 'present' | 'corrected' | 'adoption' | 'legal_gender' | 'replacement';

/** A citizen as the register of persons (CPR) knows him or her. CPR in clear: the caller encrypts it at once. */
export interface RegisteredPerson {
  name: string;
  /** ISO date. */
  birthDate: string;
  /** Ten digits each; the present number first. */
  numbers: { cpr: string; reason: NumberReason }[];
}

/** A port to CPR as SF1520 and SF1525 give it. Throws a `SourceError`; null is a definite "no such person". */
export interface PersonRegister {
  lookUp(cpr: string, signal: AbortSignal): Promise<RegisteredPerson | null>;
  close?(): Promise<void>;
}

/** A case that the index knows of. The index holds facts about documents, never the documents. */
export interface ClaimedCase {
  /** Name of the IT system that owns the case, as the index has it. */
  system: string;
  /** The case's number in that system, where the index gives it. */
  caseNumber?: string;
  /** KLE subject, `27.24.00`. */
  kle?: string;
  documents: number;
}

/** A port to the common-municipal index of cases and documents (SF1470). An empty answer is a definite "nothing". */
export interface CaseIndex {
  search(cprs: string[], signal: AbortSignal): Promise<ClaimedCase[]>;
  close?(): Promise<void>;
}
