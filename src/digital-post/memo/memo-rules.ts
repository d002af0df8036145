import { checkActions } from './check-actions';
import { checkFiles } from './check-files';
import { checkHeader } from './check-header';
import { checkStructure } from './check-structure';
import { FaultList, type MemoFault, type MemoProfile } from './memo-fault';
import { MEMO_NAMESPACE, type MemoVersion } from './memo-limits';
import { readMemo, type ReadMemo } from './read-memo';
import { MemoUnreadableError, type MemoSource } from './split-content';

export interface MemoVerdict {
  /** Empty when the message would be accepted. */
  errors: MemoFault[];
  /** Doubts that do not stop it. */
  warnings: MemoFault[];
  /** What was read; absent when the bytes are not XML. Holds personal data. */
  memo?: ReadMemo;
}

export interface CheckMemoOptions {
  /** The version the receiver takes; default 1.2. */
  version?: MemoVersion;
  /** Default `receiver`. */
  profile?: MemoProfile;
}

/**
 * Judges a message by own rules: the structure and facets of the official schema (MeMo_core.xsd, MeMo_dataTypes.xsd),
 * NgDP's checks of November 2024, and what neither a schema nor an XML library sees (base64, empty labels, CPR form,
 * sizes). Reads in one pass and constant memory. Never throws for a bad message: that is a finding.
 */
export async function checkMemo(source: MemoSource, options: CheckMemoOptions = {}): Promise<MemoVerdict> {
  const faults = new FaultList(options.profile ?? 'receiver');
  try {
    const memo = await readMemo(source);
    if (isOfVersion(memo, options.version ?? '1.2', faults)) {
      checkStructure(memo.root, options.version ?? '1.2', faults);
      checkHeader(memo.root, faults);
      checkActions(memo.root, options.version ?? '1.2', faults);
      checkFiles(memo, faults);
    }
    return { errors: faults.errors, warnings: faults.warnings, memo };
  } catch (error) {
    if (!(error instanceof MemoUnreadableError)) throw error;
    faults.error('not-readable', 'Message', error.message);
    return { errors: faults.errors, warnings: faults.warnings };
  }
}

/** The namespace is the same in all versions; only the attributes tell them apart. False ends the check. */
function isOfVersion(memo: ReadMemo, version: MemoVersion, faults: FaultList): boolean {
  if (memo.root.name !== 'memo:Message') {
    faults.error('root', 'Message', `The root element must be Message in the namespace ${MEMO_NAMESPACE}.`, 1);
    return false;
  }
  const schemaVersion = memo.root.attributes.find(({ name }) => name === 'memoSchVersion')?.value;
  if (memo.memoVersion === undefined || Number(memo.memoVersion) !== Number(version)) {
    const found = /^\d\.\d$/.test(memo.memoVersion ?? '')
      ? `is of version ${memo.memoVersion}`
      : 'names no known version';
    faults.error(
      'version',
      'Message/@memoVersion',
      `The message ${found}; this receiver takes memoVersion="${version}".`,
      memo.root.line,
    );
    return false;
  }
  if (version === '1.2' && schemaVersion !== undefined) {
    faults.error(
      'schema-version',
      'Message/@memoSchVersion',
      'Message has the attribute memoSchVersion, which MeMo 1.2 forbids. Remove it.',
      memo.root.line,
    );
  }
  if (version === '1.1' && schemaVersion !== '1.1.0') {
    faults.error(
      'schema-version',
      'Message/@memoSchVersion',
      'Message needs the attribute memoSchVersion="1.1.0" in MeMo 1.1.',
      memo.root.line,
    );
  }
  return true;
}
