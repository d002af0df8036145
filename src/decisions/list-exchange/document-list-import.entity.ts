import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A list of documents that was filled in outside, as it came in, and who made use of it. */
@Entity('document_list_import')
export class DocumentListImport {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  /** The workbook in the vault. */
  @Column('text')
  listKey!: string;

  @Column('uuid')
  uploadedBy!: string;

  @Column('timestamptz')
  uploadedAt!: Date;

  @Column('uuid', { nullable: true })
  appliedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  appliedAt!: Date | null;
}
