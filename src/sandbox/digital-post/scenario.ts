/** What the stand-in shall do with a message instead of delivering it. */
export type ScenarioKind =
  /** Refuses at the door with 400 and `code`. */
  | 'refused'
  /** Takes it in, then finds it bad: INVALID with `memo.invalid`. */
  | 'invalid'
  /** The recipient left Digital Post between look-up and sending: NOT_ALLOWED. */
  | 'exempt-between'
  /** Takes it in and never answers. */
  | 'timeout-after-acceptance'
  /** Takes it in and breaks the connection instead of answering. */
  | 'broken-after-acceptance'
  /** Answers nothing and takes nothing in: a connection that is open on one side only. */
  | 'half-open'
  | 'unavailable'
  | 'server-error'
  /** 429 with `retryAfter` (seconds or a date; default 2). */
  | 'too-many-requests'
  /** A proxy's friendly page with status 200; nothing is taken in. */
  | 'html'
  /** Every receipt comes twice. */
  | 'duplicate-receipt'
  /** COMPLETED comes before RECEIVED. */
  | 'disorder'
  /** A receipt for a message that nobody sent comes too. */
  | 'unknown-receipt'
  /** Takes it in and never says what became of it. */
  | 'no-receipt'
  /** All receipts come before the answer to the sending does. */
  | 'receipt-first'
  /** Takes it in and never delivers it; somebody else says that it was delivered. */
  | 'forged-receipt'
  /** Takes it in, then fails with a code that nobody knows. */
  | 'unknown-code'
  /** A letter: printed, handed over to the postal operator, and then sent back. */
  | 'returned'
  /** A letter: called back before it was handed over. */
  | 'recalled'
  /** SF1601: says no with status 200 and `Result` false; NgDP has no such answer and refuses with 400. */
  | 'result-false'
  /** SF1601: takes it in and names no TransmissionID, as for paper. */
  | 'no-transmission-id'
  /** SF1601: the token is withdrawn before its time, 401. */
  | 'token-withdrawn';

export interface Scenario {
  kind: ScenarioKind;
  /** Only for this message; default any. */
  messageUUID?: string;
  /** Only for this recipient; default any. Empty: only letters, which name no number. */
  recipientCpr?: string;
  /** How many times; default 1. */
  times?: number;
  /** For `refused`; default `memo.invalid`. */
  code?: string;
  /** For `too-many-requests`. */
  retryAfter?: string;
}

export const SCENARIO_KINDS: readonly ScenarioKind[] = [
  'refused',
  'invalid',
  'exempt-between',
  'timeout-after-acceptance',
  'broken-after-acceptance',
  'half-open',
  'unavailable',
  'server-error',
  'too-many-requests',
  'html',
  'duplicate-receipt',
  'disorder',
  'unknown-receipt',
  'no-receipt',
  'receipt-first',
  'forged-receipt',
  'unknown-code',
  'returned',
  'recalled',
  'result-false',
  'no-transmission-id',
  'token-withdrawn',
];

/** Scenarios in the order they were asked for; each is used up by the messages it fits. */
export class ScenarioBook {
  private readonly waiting: { scenario: Scenario; left: number }[] = [];

  add(scenario: Scenario): void {
    this.waiting.push({ scenario, left: scenario.times ?? 1 });
  }

  take(messageUUID: string, recipientCpr: string | undefined): Scenario | undefined {
    const found = this.waiting.find(
      ({ scenario, left }) =>
        left > 0 &&
        (scenario.messageUUID ?? messageUUID).toLowerCase() === messageUUID.toLowerCase() &&
        (scenario.recipientCpr === undefined || scenario.recipientCpr === recipientCpr),
    );
    if (!found) return undefined;
    found.left -= 1;
    return found.scenario;
  }

  clear(): void {
    this.waiting.length = 0;
  }
}
