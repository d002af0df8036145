import type { ConformanceRecord } from './connector-kind';

export interface ConformanceSummary {
  /** Scenarios of the suite. */
  scenarios: number;
  passed: number;
  /** Scenario -> why it cannot exist for this kind. */
  notApplicable: Record<string, string>;
  /** Those that the recorded run did not pass; empty in a released version. */
  open: string[];
}

const NOT_APPLICABLE = 'not applicable: ';

/** How far the recorded run of the conformance suite got. */
export function summarise(record: ConformanceRecord): ConformanceSummary {
  const entries = Object.entries(record);
  const exempt = entries.filter(([, outcome]) => outcome.startsWith(NOT_APPLICABLE));
  const open = entries.filter(([, outcome]) => outcome !== 'passed' && !outcome.startsWith(NOT_APPLICABLE));
  return {
    scenarios: entries.length,
    passed: entries.length - exempt.length - open.length,
    notApplicable: Object.fromEntries(exempt.map(([id, outcome]) => [id, outcome.slice(NOT_APPLICABLE.length)])),
    open: open.map(([id]) => id),
  };
}
