import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Box, SpanType } from '../contracts';

/** What the program thinks should go, or stay. It is only ever a proposal: text and reason lie in the vault. */
@Entity('proposal')
export class Proposal {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('uuid')
  fileId!: string;

  @Column('int')
  page!: number;

  /** UTF-16 offsets into the page's text. */
  @Column('int')
  spanStart!: number;

  @Column('int')
  spanEnd!: number;

  @Column('jsonb')
  boxes!: Box[];

  @Column('text')
  type!: SpanType;

  @Column('text', { nullable: true })
  partyKey!: string | null;

  @Column('text')
  role!: string;

  @Column('boolean')
  redact!: boolean;

  @Column('real')
  confidence!: number;
}
