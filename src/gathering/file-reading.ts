import { THE_SYSTEM, type Actor, type AuditedAct } from '../platform/audit-log/audit-log';
import type { FileRow } from './file.entity';

/** What the audit log tells of a reading of a file's content: who reads whose file, and why. */
export function readingOf(
  { id, requestId }: Pick<FileRow, 'id' | 'requestId'>,
  reason: string,
  actor: Actor = THE_SYSTEM,
): AuditedAct {
  return { actor, action: 'vault.read', subject: { kind: 'file', id }, requestId, reason };
}
