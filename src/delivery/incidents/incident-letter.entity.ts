import { Column, Entity } from 'typeorm';
import { SingleLetterColumns, type SingleLetterState } from '../single-letter/single-letter-columns';

/** `draft`: written, and not approved. `dropped`: given up before it was sent. The others are a message's. */
export type IncidentLetterState = 'draft' | 'dropped' | SingleLetterState;

/**
 * A letter to one who got too much, or to one whose data others got (GDPR article 34). Its request is the one whose removed
 * words may not stand in it.
 */
@Entity('incident_letter')
export class IncidentLetter extends SingleLetterColumns {
  @Column('uuid')
  incidentId!: string;

  @Column('text')
  kind!: 'recipient' | 'concerned';

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

  @Column('uuid', { nullable: true })
  approvedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  approvedAt!: Date | null;

  @Column('text')
  state!: IncidentLetterState;
}
