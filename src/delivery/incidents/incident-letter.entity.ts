import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** `draft`: written, and not approved. `dropped`: given up before it was sent. The others are a message's. */
export type IncidentLetterState =
  | 'draft'
  | 'dropped'
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

/** A letter to one who got too much, or to one whose data others got (GDPR article 34). */
@Entity('incident_letter')
export class IncidentLetter {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  incidentId!: string;

  /** From 1. */
  @Column('int')
  position!: number;

  @Column('text')
  kind!: 'recipient' | 'concerned';

  /** Whose removed words may not stand in the letter. */
  @Column('uuid')
  requestId!: string;

  /** Of a letter to a recipient: what that one got. */
  @Column('uuid', { nullable: true })
  deliveryId!: string | null;

  @Column('uuid')
  personRefId!: string;

  /** The mandate by which a firm got the delivery, and gets the letter. */
  @Column('uuid', { nullable: true })
  mandateId!: string | null;

  @Column('bytea')
  textSealed!: Buffer;

  @Column('uuid')
  writtenBy!: string;

  @Column('timestamptz')
  writtenAt!: Date;

  @Column('uuid', { nullable: true })
  approvedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  approvedAt!: Date | null;

  @Column('text')
  state!: IncidentLetterState;

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
