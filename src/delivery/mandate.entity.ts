import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** `firm`: of a lawyer with a mandate. `custody`: a parent. `person`: one with a mandate. */
export type MandateKind = 'firm' | 'custody' | 'guardian' | 'person';

/** By which somebody else than the citizen receives the answer, in his or her own mailbox. */
@Entity('mandate')
export class Mandate {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('text')
  kind!: MandateKind;

  /** Of a firm. */
  @Column('text', { nullable: true })
  cvr!: string | null;

  /** The person who receives; null: a firm does. */
  @Column('uuid', { nullable: true })
  recipientRef!: string | null;

  @Column('bytea')
  nameSealed!: Buffer;

  /** Where a letter reaches a firm that has no mailbox: a `LetterAddress`. */
  @Column('bytea', { nullable: true })
  addressSealed!: Buffer | null;

  /** `YYYY-MM-DD`, the last Danish day; null: until it is revoked. */
  @Column('date', { nullable: true })
  validUntil!: string | null;

  @Column('text')
  documentKey!: string;

  @Column('text')
  documentSha256!: string;

  @Column('text')
  documentMediaType!: string;

  @Column('uuid')
  setBy!: string;

  @Column('timestamptz')
  setAt!: Date;

  @Column('uuid', { nullable: true })
  revokedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;
}
