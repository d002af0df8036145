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

  /** As the detector had it; `partyKey`, `role` and `redact` follow from it and the choices about persons. */
  @Column('text', { nullable: true })
  foundKey!: string | null;

  @Column('boolean', { nullable: true })
  foundRedact!: boolean | null;

  /** The choice about a person that says who is meant here; null while the detector does. */
  @Column('uuid', { nullable: true })
  judgedBy!: string | null;

  /** The choice that found the place by its words. */
  @Column('uuid', { nullable: true })
  madeBy!: string | null;

  /** Keyed hash of the line, the place in it and the kind: what was decided before on the same words is known by it. */
  @Column('bytea', { nullable: true })
  fingerprint!: Buffer | null;
}
