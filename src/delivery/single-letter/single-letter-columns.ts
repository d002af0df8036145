import { Column, PrimaryGeneratedColumn } from 'typeorm';

/** Of a letter that is a message of its own. */
export type SingleLetterState =
  | 'queued'
  | 'prepared'
  | 'unknown'
  | 'submitted'
  | 'received'
  | 'delivered'
  | 'failed'
  | 'not_registered'
  /** Printed and sent by an employee. */
  | 'handed_over';

/** What every table of letters that leave alone holds; the bytes never change once they are stored. */
export abstract class SingleLetterColumns {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  /** From 1. */
  @Column('int')
  position!: number;

  @Column('uuid')
  writtenBy!: string;

  @Column('timestamptz')
  writtenAt!: Date;

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

  /** Why it was not sent, or how it was sent in another way. */
  @Column('text', { nullable: true })
  errorText!: string | null;

  @Column('timestamptz', { nullable: true })
  submittedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  deliveredAt!: Date | null;
}
