import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Box, SpanType } from '../../contracts';

/** Found, but about somebody who is kept; it becomes a proposal under the same id when that person no longer is. */
@Entity('quiet_finding')
export class QuietFinding {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('uuid')
  fileId!: string;

  @Column('int')
  page!: number;

  @Column('int')
  spanStart!: number;

  @Column('int')
  spanEnd!: number;

  @Column('jsonb')
  boxes!: Box[];

  @Column('text')
  type!: SpanType;

  @Column('text')
  foundKey!: string;

  @Column('real')
  confidence!: number;
}
