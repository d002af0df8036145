import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { LegalBasis } from '../law';

export type DocumentOutcome = 'open' | 'full' | 'partial' | 'withheld' | 'outside' | 'duplicate';

/** A document as the law sees it: what the aktliste has a line for. An attachment is a document under its letter. */
@Entity('document')
export class DocumentRow {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('uuid')
  recordsCaseId!: string;

  @Column('uuid', { nullable: true })
  parentId!: string | null;

  @Column('text')
  sourceDocumentId!: string;

  /** The order of listing while gathering; the document's number from proposing on. */
  @Column('int')
  position!: number;

  @Column('text')
  kind!: string;

  @Column('bytea')
  titleSealed!: Buffer;

  @Column('text', { nullable: true })
  direction!: string | null;

  @Column('date', { nullable: true })
  documentDate!: string | null;

  @Column('text')
  outcome!: DocumentOutcome;

  @Column('uuid', { nullable: true })
  duplicateOf!: string | null;

  @Column('text', { nullable: true })
  withheldGround!: string | null;

  @Column('text', { nullable: true })
  withheldBasis!: LegalBasis | null;

  @Column('bytea', { nullable: true })
  withheldReasonSealed!: Buffer | null;

  @Column('uuid', { nullable: true })
  decidedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  decidedAt!: Date | null;

  /** A sentence for staff about the whole document: `ser ud til at være lagt på en forkert borger`. */
  @Column('text', { nullable: true })
  finding!: string | null;

  /** The requester has sent it in. */
  @Column('boolean', { default: false })
  sentIn!: boolean;
}
