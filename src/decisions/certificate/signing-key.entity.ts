import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A key that signs certificates. Retired keys keep their public half only, so that old certificates can be checked. */
@Entity('signing_key')
export class SigningKey {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('text')
  keyId!: string;

  @Column('bytea')
  publicKey!: Buffer;

  /** Sealed by the authority's key; null once retired. */
  @Column('bytea', { nullable: true })
  privateSealed!: Buffer | null;

  @Column('timestamptz')
  validFrom!: Date;

  @Column('timestamptz', { nullable: true })
  validTo!: Date | null;
}
