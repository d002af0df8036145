import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { RegisterFact } from './person-facts';

/**
 * `held`: a check at the moment of sending found something that a person must look at. `undone`: taken back before it was
 * sent. The others sum up the messages.
 */
export type DeliveryState =
  | 'queued'
  | 'prepared'
  | 'unknown'
  | 'submitted'
  | 'received'
  | 'delivered'
  | 'failed'
  | 'not_registered'
  | 'held'
  | 'undone';

/** What leaves after one signature, to one recipient: one or several numbered messages, or an answer handed over by hand. */
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
  channel!: 'digital-post' | 'letter' | 'manual';

  @Column('text')
  state!: DeliveryState;

  /** The citizen whose answer it was when it was approved. */
  @Column('uuid')
  recipientRef!: string;

  /** The mandate by which another receives in the citizen's place; null: the citizen does. */
  @Column('uuid', { nullable: true })
  mandateId!: string | null;

  /** What the register of persons said, as it was shown to the approver. */
  @Column('text', { array: true })
  personFacts!: RegisterFact[];

  /** Until then it can be undone. */
  @Column('timestamptz', { nullable: true })
  sendAfter!: Date | null;

  /** When the undo window was over and sending began. */
  @Column('timestamptz', { nullable: true })
  releasedAt!: Date | null;

  /** Digital Post asked to be left alone until then. */
  @Column('timestamptz', { nullable: true })
  resendAfter!: Date | null;

  @Column('uuid', { nullable: true })
  undoneBy!: string | null;

  @Column('timestamptz', { nullable: true })
  undoneAt!: Date | null;

  /** What the contact register answered, and when. */
  @Column('text', { nullable: true })
  registration!: string | null;

  @Column('timestamptz', { nullable: true })
  registrationAt!: Date | null;

  @Column('text', { nullable: true })
  errorText!: string | null;

  /** When the last message was taken in. */
  @Column('timestamptz', { nullable: true })
  submittedAt!: Date | null;

  /** When the last message was delivered, or the answer handed over. */
  @Column('timestamptz', { nullable: true })
  deliveredAt!: Date | null;

  /** When the first missing receipt is overdue. */
  @Column('timestamptz', { nullable: true })
  receiptDueAt!: Date | null;

  /** How, when and to whom the answer was handed over, in the words of the employee who attests it. */
  @Column('bytea', { nullable: true })
  statementSealed!: Buffer | null;

  @Column('uuid', { nullable: true })
  handedOverBy!: string | null;
}
