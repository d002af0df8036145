import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Box } from '../contracts';
import type { LegalBasis } from '../law';

/** A caseworker's decision on one passage: it goes, with a ground, or exactly this occurrence stays. */
@Entity('redaction')
export class Redaction {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('uuid')
  fileId!: string;

  /** Null when a person drew the box. */
  @Column('uuid', { nullable: true })
  proposalId!: string | null;

  @Column('int')
  page!: number;

  @Column('jsonb')
  boxes!: Box[];

  @Column('text')
  decision!: 'remove' | 'keep';

  @Column('text')
  type!: string;

  @Column('text', { nullable: true })
  partyKey!: string | null;

  @Column('text')
  role!: string;

  @Column('text', { nullable: true })
  groundId!: string | null;

  @Column('text')
  basis!: LegalBasis;

  @Column('uuid')
  decidedBy!: string;

  @Column('timestamptz')
  decidedAt!: Date;

  /** Set when the decision follows from a choice about a person, and goes with it. */
  @Column('uuid', { nullable: true })
  followsChoice!: string | null;
}
