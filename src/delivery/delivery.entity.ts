import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type DeliveryState =
  'queued' | 'prepared' | 'unknown' | 'submitted' | 'received' | 'delivered' | 'failed' | 'not_registered';

/** One message to one citizen: its UUID and exact bytes are stored before the first attempt and never change. */
@Entity('delivery')
export class Delivery {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('uuid')
  decisionId!: string;

  @Column('text')
  channel!: 'digital-post' | 'manual';

  @Column('text')
  state!: DeliveryState;

  @Column('uuid')
  messageUuid!: string;

  @Column('text', { nullable: true })
  memoKey!: string | null;

  @Column('text', { nullable: true })
  memoSha256!: string | null;

  @Column('bigint', { nullable: true })
  memoSize!: string | null;

  /** What the contact register answered, and when. */
  @Column('text', { nullable: true })
  registration!: string | null;

  @Column('timestamptz', { nullable: true })
  registrationAt!: Date | null;

  @Column('int')
  attempts!: number;

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

  /** How, when and to whom the answer was handed over, in the words of the employee who attests it. */
  @Column('bytea', { nullable: true })
  statementSealed!: Buffer | null;

  @Column('uuid', { nullable: true })
  handedOverBy!: string | null;
}
