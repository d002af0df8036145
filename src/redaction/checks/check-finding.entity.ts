import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { SeenAt } from './consistency';

/** A text that goes in one place and is seen in another. What it says lies in the vault, see `check_run`. */
@Entity('check_finding')
export class CheckFinding {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  /** Keyed hash of text, kind and document. */
  @Column('bytea')
  key!: Buffer;

  /** Of the pages or the title in which it is seen; null for a case's title. */
  @Column('uuid', { nullable: true })
  documentId!: string | null;

  @Column('uuid', { nullable: true })
  recordsCaseId!: string | null;

  /** The request with whose answer the citizen has got it already. */
  @Column('uuid', { nullable: true })
  earlierRequestId!: string | null;

  @Column('text')
  type!: string;

  @Column('uuid')
  removedFileId!: string;

  /** From 0. */
  @Column('int')
  removedPage!: number;

  @Column('text', { nullable: true })
  groundId!: string | null;

  @Column('text')
  role!: string;

  @Column('jsonb')
  places!: SeenAt[];

  @Column('text')
  state!: 'open' | 'removed' | 'kept';

  @Column('bytea', { nullable: true })
  reasonSealed!: Buffer | null;

  @Column('uuid', { nullable: true })
  settledBy!: string | null;

  @Column('timestamptz', { nullable: true })
  settledAt!: Date | null;
}

/** What staff read of a finding; in the vault, since it quotes the file. */
export interface FindingText {
  text: string;
  /** The line around it, as it is seen. */
  seenIn: string;
}
