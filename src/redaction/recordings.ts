import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { detectRecording } from '../gathering/conversion';
import { DocumentRow } from '../gathering/document.entity';
import { FileRow } from '../gathering/file.entity';
import { RecordsCaseRow } from '../gathering/records-case.entity';
import { Recording, RECORDING_DECIDED } from '../gathering/recording.entity';
import { AuditLog } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Outbox } from '../platform/outbox/outbox';
import { Refusal } from '../requests/refusal';
import { AccessRequest } from '../requests/request.entity';
import { Transitions } from '../requests/transitions';
import { requireGround } from './required-ground';
import { ReviewDesk } from './review-desk';

/** A file that an employee has uploaded; it lies in the vault. */
export interface UploadedFile {
  address: string;
  size: number;
  sha256: string;
  /** Its first bytes: what it is, is told by them. */
  head: Buffer;
  /** As the employee's machine calls it. */
  name?: string;
}

export type RecordingChoice =
  | { outcome: 'invitation' }
  | { outcome: 'edited'; upload: UploadedFile; groundId: string | null }
  | { outcome: 'transcript'; upload: UploadedFile };

/** An edited recording is checked in memory before it leaves. */
export const LARGEST_RECORDING = 100_000_000;

/** How sounds and films leave: a machine reads none of them, so two people play each to its end. */
@Injectable()
export class Recordings {
  constructor(
    private readonly desk: ReviewDesk,
    private readonly transitions: Transitions,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @param hasPlayed the employee attests to have played what is given (for an invitation: the recording) to its end */
  async choose(
    entities: EntityManager,
    requestId: string,
    fileId: string,
    staffId: string,
    hasPlayed: boolean,
    choice: RecordingChoice,
  ): Promise<void> {
    const request = await this.desk.inReview(entities, requestId);
    const recording = await entities.findOneByOrFail(Recording, { fileId, requestId });
    const file = await entities.findOneByOrFail(FileRow, { id: fileId, requestId });
    if (!hasPlayed)
      throw new Refusal(
        'recording-not-played',
        'Afspil optagelsen til ende, og sæt kryds ved det. Uden det kan ingen optagelse udleveres.',
      );
    if (recording.outcome === 'transcript' && choice.outcome !== 'transcript')
      throw new Refusal(
        'transcript-in-place',
        'Udskriften har taget optagelsens plads og bliver gennemgået som et dokument. Skal den ikke udleveres, så tag stilling til hele dokumentet.',
      );
    await entities.update(
      Recording,
      { id: recording.id },
      {
        outcome: choice.outcome,
        ...(await this.givenBy(entities, file, recording, choice)),
        playedBy: staffId,
        playedAt: this.clock.now(),
        secondBy: null,
        secondAt: null,
      },
    );
    const reason = `An employee played a recording to its end and chose how it leaves (${choice.outcome}).`;
    await this.desk.note(entities, request, staffId, 'recording.choose', reason, 1, file.documentId);
    if (choice.outcome === 'transcript') await this.readTranscript(entities, request, file, staffId, choice.upload);
    else await entities.update(FileRow, { id: file.id }, { unreadableReason: RECORDING_DECIDED });
  }

  /** A second employee has played what is given to its end. Asked for before the answer is signed. */
  async attest(
    entities: EntityManager,
    requestId: string,
    fileId: string,
    staffId: string,
    hasPlayed: boolean,
  ): Promise<void> {
    const request = await entities.findOneOrFail(AccessRequest, {
      where: { id: requestId },
      lock: { mode: 'pessimistic_write' },
    });
    const recording = await entities.findOneByOrFail(Recording, { fileId, requestId });
    if (recording.outcome === null)
      throw new Refusal('recording-open', 'Der er ikke valgt, hvordan optagelsen udleveres. Det gøres i gennemgangen.');
    if (recording.playedBy === staffId)
      throw new Refusal(
        'second-person-needed',
        'Du har selv valgt, hvordan optagelsen udleveres. En anden end dig skal afspille den til ende.',
      );
    if (!hasPlayed) throw new Refusal('recording-not-played', 'Afspil optagelsen til ende, og sæt kryds ved det.');
    await entities.update(Recording, { id: recording.id }, { secondBy: staffId, secondAt: this.clock.now() });
    await this.audit.write(entities, request.authorityId, {
      actor: { kind: 'staff', id: staffId },
      action: 'recording.attest',
      subject: { kind: 'file', id: fileId },
      requestId,
      reason: 'A second employee played a recording to its end.',
    });
  }

  private async givenBy(entities: EntityManager, file: FileRow, recording: Recording, choice: RecordingChoice) {
    const nothing = { givenKey: null, givenMediaType: null, givenExtension: null, givenSize: null, givenSha256: null };
    if (choice.outcome !== 'edited') return { ...nothing, groundId: null };
    const { upload } = choice;
    const kind = detectRecording(upload.head);
    if (!kind)
      throw new Refusal(
        'not-a-recording',
        'Filen er hverken lyd eller film. Vælg den redigerede optagelse, eller vælg udskrift.',
      );
    if (upload.address === recording.originalKey)
      throw new Refusal('not-edited', 'Filen er den samme som originalen. Vælg den redigerede udgave.');
    if (upload.size > LARGEST_RECORDING)
      throw new Refusal(
        'recording-too-large',
        'Filen fylder over 100 MB. Gør den mindre, eller vælg en udskrift eller en invitation.',
      );
    return {
      groundId: choice.groundId === null ? null : await this.fittingGround(entities, file, choice.groundId),
      givenKey: upload.address,
      givenMediaType: kind.mediaType,
      givenExtension: kind.extension,
      givenSize: String(upload.size),
      givenSha256: upload.sha256,
    };
  }

  private async fittingGround(entities: EntityManager, file: FileRow, groundId: string): Promise<string> {
    const document = await entities.findOneByOrFail(DocumentRow, { id: file.documentId });
    const { basis } = await entities.findOneByOrFail(RecordsCaseRow, { id: document.recordsCaseId });
    return requireGround(basis, groundId);
  }

  /** The transcript takes the recording's place: it is converted, detected in and reviewed like any other file. */
  private async readTranscript(
    entities: EntityManager,
    request: AccessRequest,
    file: FileRow,
    staffId: string,
    upload: UploadedFile,
  ): Promise<void> {
    if (file.state !== 'unreadable')
      throw new Refusal('transcript-in-place', 'Optagelsen har allerede en udskrift, som er ved at blive gennemgået.');
    if (detectRecording(upload.head))
      throw new Refusal(
        'not-a-transcript',
        'Filen er selv en optagelse. Vælg en udskrift i et tekstformat eller som PDF.',
      );
    await entities.update(
      FileRow,
      { id: file.id },
      {
        state: 'fetched',
        originalKey: upload.address,
        size: String(upload.size),
        sha256: upload.sha256,
        unreadableReason: null,
        notes: [],
      },
    );
    const actor = { kind: 'staff' as const, id: staffId };
    await this.transitions.move(entities, request.id, 'converting', actor, 'A transcript of a recording is read.');
    await this.outbox.announce(entities, request.authorityId, 'convert.file', file.id);
  }
}
