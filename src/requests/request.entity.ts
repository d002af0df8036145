import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { LegalBasis } from '../law';
import type { RequestState } from './lifecycle';

/** What the citizen asks to see, in the shape of the form. */
export interface RequestScope {
  kind: 'whole-file' | 'cases' | 'period' | 'topic';
  from?: string;
  to?: string;
  /** `letter`: the citizen wants the answer on paper. Digital Post when absent. */
  delivery?: 'letter';
  /** True when the citizen also wants the information of GDPR article 15(1). */
  wantsProcessingInformation?: boolean;
}

/** A citizen's request for access. */
@Entity('request')
export class AccessRequest {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  /** Read aloud on the phone: `2026-000123`. */
  @Column('text')
  number!: string;

  @Column('uuid')
  personRefId!: string;

  @Column('text')
  state!: RequestState;

  /** The basis that a document has until a caseworker chooses another for its case. */
  @Column('text')
  basis!: LegalBasis;

  @Column('jsonb')
  scope!: RequestScope;

  @Column('bytea', { nullable: true })
  wordingSealed!: Buffer | null;

  @Column('bytea', { nullable: true })
  noticeEmailSealed!: Buffer | null;

  @Column('timestamptz')
  receivedAt!: Date;

  /** Dates as `YYYY-MM-DD`, Danish days. */
  @Column('date')
  receivedOn!: string;

  @Column('date')
  deadlineOn!: string;

  @Column('date', { name: 'section39_on' })
  section39On!: string;

  @Column('date')
  gdprDeadlineOn!: string;

  @Column('uuid', { nullable: true })
  assignedTo!: string | null;

  /** What stops the request, as a sentence for staff; null when nothing does. */
  @Column('text', { nullable: true })
  attention!: string | null;

  @Column('int')
  reviewRound!: number;

  /** True when labels tell which removed words are about the same person. */
  @Column('boolean')
  linkedLabels!: boolean;

  @Column('timestamptz', { nullable: true })
  closedAt!: Date | null;

  /** When the working copies were deleted; null while they are there. */
  @Column('timestamptz', { nullable: true })
  deletedAt!: Date | null;
}
