import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { ComplaintSubject, LegalBasis } from '../../law';

/** `upheld`: the municipality has reconsidered and stands by its answer. `forwarded`: the body has it. */
export type ComplaintState = 'received' | 'upheld' | 'forwarded' | 'closed';

/** Where a complaint can go from here. What is not here does not happen. */
export const COMPLAINT_WAY: Record<ComplaintState, ComplaintState[]> = {
  received: ['upheld', 'forwarded', 'closed'],
  upheld: ['forwarded', 'closed'],
  forwarded: ['closed'],
  closed: [],
};

export const CAME_BY = ['portal', 'digital-post', 'letter', 'mail', 'spoken', 'forwarded'] as const;
export type CameBy = (typeof CAME_BY)[number];

export const COMPLAINT_OUTCOMES = ['upheld', 'changed', 'remitted', 'rejected', 'withdrawn'] as const;
export type ComplaintOutcome = (typeof COMPLAINT_OUTCOMES)[number];

/** A complaint at one body. What the citizen wrote and what the municipality says to it lie in the vault. */
@Entity('complaint')
export class Complaint {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  /** The answer that it is about; null while there is none. */
  @Column('uuid', { nullable: true })
  decisionId!: string | null;

  /** The form that it came by: the same form sent twice registers once. */
  @Column('uuid')
  formKey!: string;

  /** From 1 in the request. */
  @Column('int')
  position!: number;

  @Column('text')
  about!: ComplaintSubject;

  @Column('uuid', { nullable: true })
  documentId!: string | null;

  /** As stamped on the page of the package. */
  @Column('int', { nullable: true })
  packagePage!: number | null;

  @Column('date')
  receivedOn!: string;

  @Column('text')
  cameBy!: CameBy;

  @Column('text')
  sender!: 'citizen' | 'representative';

  @Column('bytea', { nullable: true })
  senderNameSealed!: Buffer | null;

  @Column('text', { nullable: true })
  wordsKey!: string | null;

  /** Null: the citizen did, on the page. */
  @Column('uuid', { nullable: true })
  registeredBy!: string | null;

  @Column('timestamptz')
  registeredAt!: Date;

  @Column('text')
  basis!: LegalBasis;

  /** Null until an employee has chosen where the catalogue does not know. */
  @Column('text', { nullable: true })
  body!: string | null;

  @Column('text')
  sendTo!: 'municipality' | 'direct';

  @Column('text')
  legalSource!: string;

  @Column('date')
  dueOn!: string;

  /** Working days that the body has; null where the law names none. */
  @Column('int', { nullable: true })
  bodyDays!: number | null;

  @Column('text')
  state!: ComplaintState;

  @Column('uuid', { nullable: true })
  reassessedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  reassessedAt!: Date | null;

  @Column('text', { nullable: true })
  statementKey!: string | null;

  @Column('date', { nullable: true })
  forwardedOn!: string | null;

  @Column('uuid', { nullable: true })
  forwardedBy!: string | null;

  @Column('date', { nullable: true })
  bodyDueOn!: string | null;

  @Column('text', { nullable: true })
  outcome!: ComplaintOutcome | null;

  @Column('text', { nullable: true })
  outcomeBy!: 'municipality' | 'body' | 'citizen' | null;

  @Column('date', { nullable: true })
  outcomeOn!: string | null;

  @Column('bytea', { nullable: true })
  outcomeNoteSealed!: Buffer | null;

  @Column('uuid', { nullable: true })
  closedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  closedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  warnedAt!: Date | null;
}
