import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Something that a source holds now and did not when it was gathered, or the other way round. */
@Entity('new_item')
export class NewItem {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('uuid')
  sourceRunId!: string;

  @Column('text')
  kind!: 'case' | 'document' | 'file' | 'changed' | 'gone';

  @Column('text')
  sourceCaseId!: string;

  @Column('text', { default: '' })
  sourceDocumentId!: string;

  @Column('text', { default: '' })
  sourceFileId!: string;

  @Column('bytea')
  titleSealed!: Buffer;

  @Column('timestamptz')
  foundAt!: Date;

  /** `taken`: it is gathered. `left`: an employee decided to answer without it. */
  @Column('text', { default: 'open' })
  state!: 'open' | 'taken' | 'left';

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('uuid', { nullable: true })
  settledBy!: string | null;

  @Column('timestamptz', { nullable: true })
  settledAt!: Date | null;
}
