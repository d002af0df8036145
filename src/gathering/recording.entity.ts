import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type Medium = 'audio' | 'video';
export type RecordingOutcome = 'edited' | 'transcript' | 'invitation';

/** A sound or a film: how it leaves, and who has played it to the end. */
@Entity('recording')
export class Recording {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('uuid')
  fileId!: string;

  @Column('text')
  medium!: Medium;

  @Column('text')
  mediaType!: string;

  @Column('text')
  extension!: string;

  /** As it was fetched; the file's own address changes when a transcript takes its place. */
  @Column('text')
  originalKey!: string;

  @Column('text', { nullable: true })
  outcome!: RecordingOutcome | null;

  /** The provision, when the edited file leaves something out. */
  @Column('text', { nullable: true })
  groundId!: string | null;

  /** The edited file. */
  @Column('text', { nullable: true })
  givenKey!: string | null;

  @Column('text', { nullable: true })
  givenMediaType!: string | null;

  @Column('text', { nullable: true })
  givenExtension!: string | null;

  @Column('bigint', { nullable: true })
  givenSize!: string | null;

  @Column('text', { nullable: true })
  givenSha256!: string | null;

  @Column('uuid', { nullable: true })
  playedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  playedAt!: Date | null;

  @Column('uuid', { nullable: true })
  secondBy!: string | null;

  @Column('timestamptz', { nullable: true })
  secondAt!: Date | null;
}

/** "lydoptagelse", "filmoptagelse". */
export function recordingInWords(medium: Medium): string {
  return medium === 'audio' ? 'lydoptagelse' : 'filmoptagelse';
}

/** Why a recording's file is not read: nobody has decided yet, or somebody has. */
export const RECORDING_OPEN = 'recording';
export const RECORDING_DECIDED = 'recording-decided';

export function isRecording({ unreadableReason }: { unreadableReason: string | null }): boolean {
  return unreadableReason === RECORDING_OPEN || unreadableReason === RECORDING_DECIDED;
}
