import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { PartyAccess } from '../contracts';

/** A person of the request, from the sources' lists of parties; who it is lies encrypted. */
@Entity('party')
export class Party {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  /** `R` is the requester, others `T1`, `T2` … in the order in which they were met. */
  @Column('text')
  key!: string;

  @Column('text')
  role!: string;

  @Column('text')
  access!: PartyAccess;

  /** Sealed: what each list of parties says of the person, in the order of the lists. */
  @Column('bytea')
  detailsSealed!: Buffer;

  @Column('bytea', { nullable: true })
  identityHmac!: Buffer | null;
}
