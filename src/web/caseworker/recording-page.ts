import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DocumentRow } from '../../gathering/document.entity';
import { FileRow } from '../../gathering/file.entity';
import { RecordsCaseRow } from '../../gathering/records-case.entity';
import { Recording, recordingInWords, type RecordingOutcome } from '../../gathering/recording.entity';
import type { StaffUser } from '../../identity/sessions';
import { groundsFor } from '../../law';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import type { AccessRequest } from '../../requests/request.entity';
import { RefusedVisit } from '../http/refused-visit';
import type { RecordingPage } from '../views/optagelse';
import type { FieldError } from '../views/page-shell';
import { reviewAddress } from './documents-in-hand';
import { RequestInHand } from './request-in-hand';

const OUTCOMES: Record<RecordingOutcome, string> = {
  edited: 'Borgeren får en redigeret optagelse',
  transcript: 'Borgeren får en udskrift, som gennemgås som et dokument',
  invitation: 'Borgeren inviteres til at se eller høre den hos os',
};
/** From here on nobody signs any more. */
const ATTESTABLE: AccessRequest['state'][] = ['review', 'applying', 'assembling', 'ready'];

/** The address of a recording's page. */
export function recordingAddress(requestId: string, fileId: string): string {
  return `/sagsbehandling/${requestId}/optagelser/${fileId}`;
}

/** What the caseworker sees of a sound or a film. */
@Injectable()
export class RecordingPages {
  constructor(
    private readonly database: Database,
    private readonly inHand: RequestInHand,
    private readonly keyRing: KeyRing,
  ) {}

  view(user: StaffUser, requestId: string, fileId: string, errors: FieldError[] = []): Promise<RecordingPage> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const request = await this.inHand.of(entities, requestId);
      const { recording, document } = await this.found(entities, requestId, fileId);
      const { basis } = await entities.findOneByOrFail(RecordsCaseRow, { id: document.recordsCaseId });
      const keys = await this.keyRing.of(request.authorityId);
      const here = recordingAddress(requestId, fileId);
      return {
        requestId,
        fileId,
        citizen: await this.inHand.citizenOf(entities, request),
        document: `${document.position} ${keys.unseal('document.title', document.titleSealed)}`,
        documentHref: reviewAddress(requestId, document.id, 1),
        medium: recording.medium,
        mediumInWords: recordingInWords(recording.medium),
        originalHref: `${here}/original`,
        original: { mediaType: recording.mediaType },
        chosen: await this.chosen(entities, recording, here),
        canChoose: request.state === 'review',
        canAttest:
          recording.outcome !== null &&
          recording.secondBy === null &&
          recording.playedBy !== user.staffId &&
          ATTESTABLE.includes(request.state),
        grounds: groundsFor(basis, 'text').map(({ id, provision, titleDa }) => ({
          id,
          label: `${provision} – ${titleDa}`,
        })),
        errors,
      };
    });
  }

  async found(
    entities: EntityManager,
    requestId: string,
    fileId: string,
  ): Promise<{ recording: Recording; document: DocumentRow }> {
    const recording = await entities.findOneBy(Recording, { fileId, requestId });
    if (!recording) throw new RefusedVisit('not-found');
    const file = await entities.findOneByOrFail(FileRow, { id: fileId });
    return { recording, document: await entities.findOneByOrFail(DocumentRow, { id: file.documentId }) };
  }

  private async chosen(entities: EntityManager, recording: Recording, here: string): Promise<RecordingPage['chosen']> {
    if (recording.outcome === null) return undefined;
    const names = await this.inHand.staffNames(entities);
    const nameOf = (id: string | null) => names.get(id ?? '') ?? 'en medarbejder';
    return {
      outcome: recording.outcome,
      words: OUTCOMES[recording.outcome],
      givenHref: recording.givenKey ? `${here}/redigeret` : undefined,
      givenMediaType: recording.givenMediaType ?? undefined,
      playedBy: nameOf(recording.playedBy),
      playedAt: recording.playedAt as Date,
      second: recording.secondBy ? { by: nameOf(recording.secondBy), at: recording.secondAt as Date } : undefined,
    };
  }
}

/** The recordings of a request, for lists: a line each. */
export async function recordingLines(
  entities: EntityManager,
  requestId: string,
): Promise<{ text: string; href: string; word: string; isReady: boolean }[]> {
  const rows: {
    file_id: string;
    medium: Recording['medium'];
    outcome: RecordingOutcome | null;
    second_by: string | null;
    position: number;
  }[] = await entities.query(
    `select r.file_id, r.medium, r.outcome, r.second_by, d.position
       from recording r join file f on f.id = r.file_id join document d on d.id = f.document_id
       where r.request_id = $1 and d.outcome not in ('withheld', 'outside', 'duplicate') order by d.position, f.position`,
    [requestId],
  );
  return rows.map((row) => ({
    text: `Dokument ${row.position}: ${recordingInWords(row.medium)}`,
    href: recordingAddress(requestId, row.file_id),
    word:
      row.outcome === null
        ? 'Mangler et valg'
        : row.second_by === null
          ? 'Mangler en anden, der afspiller den'
          : 'Afspillet af to',
    isReady: row.second_by !== null,
  }));
}
