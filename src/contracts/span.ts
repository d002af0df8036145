export type SpanType =
  | 'NAME'
  | 'INITIALS'
  | 'CPR'
  | 'CPR_PARTIAL'
  | 'DOB'
  | 'PHONE'
  | 'EMAIL'
  | 'ADDRESS'
  | 'BANK_ACCOUNT'
  | 'PLATE'
  | 'USERNAME'
  | 'CASE_NO'
  | 'OTHER_ID'
  | 'RELATION'
  | 'HEALTH'
  | 'CRIMINAL'
  | 'FINANCE'
  | 'ETHNICITY'
  | 'RELIGION'
  | 'ORG'
  | 'PLACE'
  | 'CVR';

/** A finding in a text: what, whose, whether its removal is proposed, and why. Offsets are UTF-16 units of the input. */
export interface Span {
  start: number;
  end: number;
  type: SpanType;
  /** Id of the party, or a made-up id (`P1` …) for a person who is not in the register; null when nobody is meant. */
  person: string | null;
  role: string;
  redact: boolean;
  /** 0 to 1. */
  confidence: number;
  /** One Danish sentence for staff: what, whose, why. Never shown to the citizen. */
  reason: string;
}
