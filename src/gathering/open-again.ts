import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { AuditLog } from '../platform/audit-log/audit-log';
import { Outbox } from '../platform/outbox/outbox';
import { Refusal } from '../requests/refusal';
import { requestInReview } from '../requests/request-in-review';
import { Transitions } from '../requests/transitions';
import { FileRow, isShut } from './file.entity';
import { isRecording } from './recording.entity';

/** Files that could not be opened, or that the virus check stopped, tried once more: the check first, as at first. */
@Injectable()
export class OpenAgain {
  constructor(
    private readonly outbox: Outbox,
    private readonly transitions: Transitions,
    private readonly audit: AuditLog,
  ) {}

  /** All shut files of a document. The request goes back to conversion and returns to the review by itself. */
  async try(entities: EntityManager, requestId: string, documentId: string, staffId: string): Promise<void> {
    const request = await requestInReview(entities, requestId);
    const files = await entities.findBy(FileRow, { requestId, documentId });
    const again = files.filter((file) => isShut(file) && file.originalKey !== null && !isRecording(file));
    if (again.length === 0)
      throw new Refusal('nothing-shut', 'Dokumentet har ingen fil, der kan prøves igen. Opdater siden.');
    const ids = again.map(({ id }) => id);
    await entities.update(FileRow, { id: In(ids) }, { state: 'fetched', unreadableReason: null, notes: [] });
    const actor = { kind: 'staff' as const, id: staffId };
    await this.transitions.move(entities, requestId, 'converting', actor, 'A file that was shut is tried again.');
    await this.outbox.announce(entities, request.authorityId, 'convert.file', ids);
    await this.audit.write(entities, request.authorityId, {
      actor,
      action: 'file.again',
      subject: { kind: 'document', id: documentId },
      requestId,
      reason: 'Files that could not be opened are checked and read once more.',
      details: { count: ids.length },
    });
  }
}
