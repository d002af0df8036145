/** One thing wrong or doubtful with a message. Never holds a CPR number, a label's text or a file's name. */
export interface MemoFault {
  /** Stable name of the rule, such as `file-name-characters`. */
  rule: string;
  /** Where: `MessageHeader/Sender/label`. */
  path: string;
  /** A whole sentence: what is wrong and what to do. */
  message: string;
  /** Line of the message, from 1. */
  line?: number;
}

/**
 * `receiver`: what Digital Post takes; oddities of official examples are doubts.
 * `sender`: what this system lets out; the same oddities are errors.
 */
export type MemoProfile = 'receiver' | 'sender';

/** Collects what the checks find and sorts it into errors and doubts. */
export class FaultList {
  readonly errors: MemoFault[] = [];
  readonly warnings: MemoFault[] = [];

  constructor(private readonly profile: MemoProfile) {}

  /** Digital Post would refuse the message. */
  error(rule: string, path: string, message: string, line?: number): void {
    this.errors.push({ rule, path, message, line });
  }

  /** Digital Post may take it, but it must not come from us. */
  notFromUs(rule: string, path: string, message: string, line?: number): void {
    (this.profile === 'sender' ? this.errors : this.warnings).push({ rule, path, message, line });
  }

  /** Allowed, and worth a look. */
  doubt(rule: string, path: string, message: string, line?: number): void {
    this.warnings.push({ rule, path, message, line });
  }
}
