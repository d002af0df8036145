import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type LateNoticeState =
  | 'queued'
  | 'prepared'
  | 'unknown'
  | 'submitted'
  | 'received'
  | 'delivered'
  | 'failed'
  | 'not_registered'
  /** Printed and sent by an employee, since the citizen has no Digital Post. */
  | 'handed_over';

/** The letter that says why an answer is late and when it comes. Its bytes never change once they are stored. */
@Entity('late_notice')
export class LateNotice {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  /** From 1: a request can be late again. */
  @Column('int')
  position!: number;

  /** "at der er 800 sider, som …" */
  @Column('bytea')
  reasonSealed!: Buffer;

  /** The legal date that cannot be kept. */
  @Column('date')
  dueOn!: string;

  @Column('date')
  expectedOn!: string;

  @Column('uuid')
  writtenBy!: string;

  @Column('timestamptz')
  writtenAt!: Date;

  @Column('text')
  state!: LateNoticeState;

  @Column('uuid')
  messageUuid!: string;

  @Column('text', { nullable: true })
  letterKey!: string | null;

  @Column('text', { nullable: true })
  letterSha256!: string | null;

  @Column('bigint', { nullable: true })
  letterSize!: string | null;

  /** The message around the letter, exactly as it is sent. */
  @Column('text', { nullable: true })
  contentKey!: string | null;

  @Column('text', { nullable: true })
  contentSha256!: string | null;

  @Column('bigint', { nullable: true })
  contentSize!: string | null;

  @Column('int')
  attempts!: number;

  @Column('text', { nullable: true })
  transmissionId!: string | null;

  @Column('text', { nullable: true })
  answer!: string | null;

  @Column('text', { nullable: true })
  errorText!: string | null;

  @Column('timestamptz', { nullable: true })
  submittedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  deliveredAt!: Date | null;
}
