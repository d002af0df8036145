import type { Connector, Coverage, Source, SourceKind } from '../contracts';

/** How much a connector of this kind has met of the real thing. */
export type Standing =
  | 'contract draft: not yet run by a municipality'
  | 'run against real server software in the tests'
  | "this project's own format";

/** Scenario of the conformance suite -> `passed`, or a sentence that says why it cannot exist for this kind. */
export type ConformanceRecord = Record<string, string>;

/** What a connector's folder says of itself; `kinds.ts` holds one line a kind. */
export interface ConnectorKind {
  kind: SourceKind;
  /** The system's own name: "KMD Nova". */
  system: string;
  standing: Standing;
  /** What a search covers when nothing optional is set. */
  coverage: Coverage;
  /** `conformance.json` of the folder, written by the suite and compared with each run of it. */
  conformance: ConformanceRecord;
  /** `of` names the source in errors: `the source "sbsys-1"`. */
  make(source: Source, settings: unknown, of: string): Connector;
}
