import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { SourceGap } from '../contracts';

/** Something that a source holds, or may hold, and that the search could not bring. A person says what it is. */
@Entity('source_gap')
export class SourceGapRow {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('uuid')
  sourceRunId!: string;

  @Column('text')
  kind!: SourceGap['kind'];

  @Column('text', { default: '' })
  sourceCaseId!: string;

  @Column('text', { default: '' })
  sourceDocumentId!: string;

  @Column('text')
  sentence!: string;

  @Column('timestamptz')
  foundAt!: Date;

  /** `told`: the words stand in the letter. `settled`: they stay with the municipality. */
  @Column('text', { default: 'open' })
  state!: 'open' | 'settled' | 'told';

  @Column('text', { nullable: true })
  words!: string | null;

  @Column('uuid', { nullable: true })
  settledBy!: string | null;

  @Column('timestamptz', { nullable: true })
  settledAt!: Date | null;
}
