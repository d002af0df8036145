import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** `replaced`: the recipient left Digital Post before it came, and what was in it goes as a letter. */
export type MessageState =
  'planned' | 'prepared' | 'unknown' | 'submitted' | 'received' | 'delivered' | 'failed' | 'replaced';

/** One message of a delivery, or one letter: its UUID and exact bytes are stored before the first attempt and never change. */
@Entity('delivery_message')
export class DeliveryMessage {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  deliveryId!: string;

  @Column('text')
  channel!: 'digital-post' | 'letter';

  /** From 1. */
  @Column('int')
  part!: number;

  @Column('int')
  parts!: number;

  /** The package's files in it, in their order. */
  @Column('uuid', { array: true })
  fileIds!: string[];

  @Column('text')
  state!: MessageState;

  /** Of a letter: the id that its receipts name. */
  @Column('uuid')
  messageUuid!: string;

  @Column('text', { nullable: true })
  contentKey!: string | null;

  @Column('text', { nullable: true })
  contentSha256!: string | null;

  @Column('bigint', { nullable: true })
  contentSize!: string | null;

  @Column('int')
  attempts!: number;

  @Column('timestamptz', { nullable: true })
  lastAttemptAt!: Date | null;

  @Column('text', { nullable: true })
  transmissionId!: string | null;

  /** The answer to the sending, as it came. */
  @Column('text', { nullable: true })
  answer!: string | null;

  @Column('text', { nullable: true })
  errorText!: string | null;

  @Column('timestamptz', { nullable: true })
  submittedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  deliveredAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  receiptDueAt!: Date | null;
}
