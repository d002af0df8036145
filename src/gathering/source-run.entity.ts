import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Coverage } from '../contracts';

/** `awaiting`: a person searches by hand. `skipped`: a person has. `left_out`: a person decided to answer without it. */
export type SourceRunState =
  'pending' | 'searching' | 'fetching' | 'complete' | 'failed' | 'skipped' | 'awaiting' | 'left_out';

/** While a run is in one of these the request is not whole. */
export const OPEN_RUN_STATES: SourceRunState[] = ['pending', 'searching', 'fetching', 'failed', 'awaiting'];

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

  /** `recheck`: looks for what has come since the gathering; `state` stays what it was. */
  @Column('text', { default: 'gather' })
  purpose!: 'gather' | 'recheck';

  /** How many of the citizen's numbers were searched with. */
  @Column('int', { default: 1 })
  numbersSearched!: number;

  /** When it was last looked for what has come since. */
  @Column('timestamptz', { nullable: true })
  checkedAt!: Date | null;
}
