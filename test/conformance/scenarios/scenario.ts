import type { ConformanceSubject, Holdings, Rig } from '../subject';

/** One rule that a connector keeps, and how it is tried. */
export interface Scenario {
  /** Ends the sentence "it …". */
  rule: string;
  run(bench: Bench): Promise<void>;
}

/** Where a scenario sets up the system it needs. */
export interface Bench {
  subject: ConformanceSubject;
  /** Closed after the scenario, which fails when the connector wrote. */
  open(held: Holdings): Promise<Rig>;
  /** Closes what was opened, as at the end. */
  close(): Promise<void>;
}
