import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { LegalBasis } from '../law';

/** A case that a source listed for this request. Titles hold CPR numbers more often than one thinks: they are encrypted. */
@Entity('records_case')
export class RecordsCaseRow {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('uuid')
  sourceRunId!: string;

  @Column('text')
  sourceCaseId!: string;

  @Column('int')
  position!: number;

  @Column('bytea', { nullable: true })
  numberSealed!: Buffer | null;

  @Column('bytea')
  titleSealed!: Buffer;

  @Column('text', { nullable: true })
  kle!: string | null;

  @Column('text', { nullable: true })
  facet!: string | null;

  @Column('boolean', { nullable: true })
  open!: boolean | null;

  @Column('text', { nullable: true })
  responsibleUnit!: string | null;

  @Column('jsonb', { nullable: true })
  expected!: { documents?: number; notes?: number } | null;

  @Column('text')
  basis!: LegalBasis;

  /** `protected`: the case does not exist for the citizen; `proposed`: somebody must decide whether it does. */
  @Column('text', { default: 'open' })
  existence!: 'open' | 'proposed' | 'protected';

  /** For staff only. */
  @Column('text', { nullable: true })
  existenceReason!: string | null;

  @Column('uuid', { nullable: true })
  existenceBy!: string | null;

  @Column('timestamptz', { nullable: true })
  existenceAt!: Date | null;

  /** Where the listing goes on after a stop; everything before it is stored. */
  @Column('text', { nullable: true })
  cursor!: string | null;

  /** All documents are listed and fetched. */
  @Column('timestamptz', { nullable: true })
  gatheredAt!: Date | null;

  /** Found by a number that only a jurist may say is this citizen's; nothing of it has been fetched. */
  @Column('boolean', { default: false })
  heldForJurist!: boolean;

  /** Holds what belongs to no case: mails, messages, what was found by hand. */
  @Column('boolean', { default: false })
  caseless!: boolean;

  /** Who let the citizen see title and count before the decision. */
  @Column('uuid', { nullable: true })
  releasedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  releasedAt!: Date | null;
}
