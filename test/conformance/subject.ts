import type { Connector } from '../../src/contracts';
import type { Fault, Route } from '../../src/sandbox/records/faults';
import type { HeldCase, HeldCaseless } from '../../src/sandbox/records/holdings';
import type { RecordsStandIn } from '../../src/sandbox/records/records-stand-in';
import type { ScenarioId } from './scenarios';

export interface Holdings {
  cases: HeldCase[];
  caseless?: HeldCaseless[];
}

/** A connector and the system it reads, set up for one scenario. */
export interface Rig {
  connector: Connector;
  /** Makes the system misbehave from here on. */
  misbehave(fault: Fault): void | Promise<void>;
  /** Ends all logins, as after half an hour. */
  expireLogins(): void | Promise<void>;
  /** Tries to change something with the reader's own login, past the connector. */
  tryToWrite(): Promise<unknown>;
  /** The requests of the reader that were not reads. */
  writes(): readonly string[];
  /** Rejects when the reader wrote. */
  close(): Promise<void>;
}

/** What the suite must know of a kind of connector. */
export interface ConformanceSubject {
  /** As in the registry; the folder of `src/records` that holds `conformance.json`. */
  kind: string;
  /** A system that holds `held`, and a connector that reads it with the settings of {@link FAST}. */
  open(held: Holdings): Promise<Rig>;
  /** Scenarios that cannot exist for this kind, each with the reason as a whole sentence. */
  notApplicable?: Partial<Record<ScenarioId, string>>;
  /** Where the system's lists come from; the first one is the search. */
  lists: [Route, ...Route[]];
  /** Fields without which an answer means nothing: absent or of another type, they are a broken contract. */
  essentialFields: [Route, string][];
  /** `pages` for a system that gives no files: what it holds is text, read with its list. */
  files?: 'pages';
  /** Where the connector looks to say that the source is well; `states` when left out. */
  health?: Route;
  /** What ids of cases look like, where they are not those of the held cases. */
  caseIds?: RegExp;
  /** The bytes that the connector gives for a held file, where they are not the file's own. */
  givenBytes?(held: Buffer, fileName: string): Buffer;
}

/** Everything that is read of a system and can be spoilt: its lists and, where it has any, its files. */
export function spoilable({ lists, files }: ConformanceSubject): Route[] {
  return files === 'pages' ? lists : [...lists, 'file'];
}

/** Rows a page in every scenario. */
export const PAGE_SIZE = 3;

/** Settings under which waiting takes no time. */
export const FAST = {
  pageSize: PAGE_SIZE,
  timeoutMs: 300,
  retries: 2,
  retryBaseMs: 1,
  longestPauseMs: 50,
  requestsPerSecond: 5000,
};

/** The rig of a connector that reads a stand-in over HTTP. `write` is a request that changes something there. */
export function standInRig(
  standIn: RecordsStandIn,
  connector: Connector & { close?(): Promise<void> },
  write: { method: 'POST' | 'PUT' | 'DELETE'; path: string },
): Rig {
  return {
    connector,
    misbehave: (fault) => standIn.fault(fault),
    expireLogins: () => standIn.expireTokens(),
    tryToWrite: () => fetch(standIn.address + write.path, { method: write.method }),
    writes: () => standIn.writes,
    close: async () => {
      await connector.close?.();
      await standIn.stop();
    },
  };
}
