import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Coverage } from '../contracts';

export type SourceRunState = 'pending' | 'searching' | 'fetching' | 'complete' | 'failed' | 'skipped';

/** One source searched for one request. */
@Entity('source_run')
export class SourceRun {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('uuid')
  sourceId!: string;

  @Column('text')
  state!: SourceRunState;

  @Column('timestamptz', { nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;

  @Column('int')
  cases!: number;

  @Column('int')
  documents!: number;

  @Column('int')
  files!: number;

  @Column('jsonb', { nullable: true })
  coverage!: Coverage | null;

  @Column('text', { nullable: true })
  errorClass!: string | null;

  /** For staff: what the source answered and what to do. */
  @Column('text', { nullable: true })
  errorText!: string | null;

  @Column('uuid', { nullable: true })
  skippedBy!: string | null;

  @Column('text', { nullable: true })
  skippedReason!: string | null;
}
