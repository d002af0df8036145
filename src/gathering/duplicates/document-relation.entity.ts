import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { RelationKind } from './relate-documents';

/** `together`: one decision for both; `apart`: one for each; `proposed`: a caseworker may put them together. */
export type RelationState = 'proposed' | 'together' | 'apart';

/** A document that is a copy, a version or a quoted part of another one of the same request. */
@Entity('document_relation')
export class DocumentRelationRow {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('uuid')
  documentId!: string;

  /** The document that stands for both. */
  @Column('uuid')
  relatedTo!: string;

  @Column('text')
  kind!: RelationKind;

  /** Share of the text that both have, 0 to 1. */
  @Column('real')
  similarity!: number;

  @Column('text')
  state!: RelationState;

  /** Null while no person has decided. */
  @Column('uuid', { nullable: true })
  decidedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  decidedAt!: Date | null;
}
