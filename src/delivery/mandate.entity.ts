import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A mandate by which a lawyer's firm receives the answer, in its own mailbox. */
@Entity('mandate')
export class Mandate {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('text')
  cvr!: string;

  @Column('bytea')
  nameSealed!: Buffer;

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
