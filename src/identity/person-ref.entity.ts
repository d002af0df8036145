import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A citizen as this authority knows him or her: the CPR number is encrypted, and looked up by its HMAC. */
@Entity('person_ref')
export class PersonRef {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('bytea')
  cprSealed!: Buffer;

  @Column('bytea')
  cprHmac!: Buffer;

  @Column('bytea')
  nameSealed!: Buffer;
}
