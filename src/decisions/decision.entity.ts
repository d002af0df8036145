import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Manifest } from './manifest';

export type DecisionState = 'reviewed' | 'assembled' | 'signed' | 'void';
export type DecisionOutcome = 'full' | 'partial' | 'refusal' | 'nothing-found';

/** Counts that pages and the letter show. */
export interface DecisionFacts {
  documents: { full: number; partial: number; withheld: number; outside: number; duplicates: number };
  pages: number;
  redactions: number;
  verification: { verdict: 'pass' | 'fail'; checks: number; engines: string[] };
}

/** A decision on a request; a new round of review makes a new one and voids the former. */
@Entity('decision')
export class Decision {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('int')
  round!: number;

  @Column('text')
  state!: DecisionState;

  @Column('text', { nullable: true })
  outcome!: DecisionOutcome | null;

  /** Main considerations by ground id, in the caseworker's words; sealed JSON. */
  @Column('bytea', { nullable: true })
  considerationsSealed!: Buffer | null;

  @Column('jsonb', { nullable: true })
  facts!: DecisionFacts | null;

  @Column('jsonb', { nullable: true })
  manifest!: Manifest | null;

  @Column('text', { nullable: true })
  manifestSha256!: string | null;

  /** The gate's reports on the package's files, as JSON in the vault. */
  @Column('text', { nullable: true })
  reportKey!: string | null;

  /** {@link AnswerTexts} as JSON in the vault: what letter and aktliste say, for the citizen's pages. */
  @Column('text', { nullable: true })
  answerKey!: string | null;

  @Column('uuid')
  reviewedBy!: string;

  @Column('timestamptz')
  reviewedAt!: Date;

  @Column('boolean')
  needsSecondPerson!: boolean;

  @Column('uuid', { nullable: true })
  signedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  signedAt!: Date | null;
}
