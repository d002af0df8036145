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

  /** `R` is the requester, others of the register `T1`, `T2` … as they were met; `P1` … are named by the texts alone. */
  @Column('text')
  key!: string;

  @Column('text')
  role!: string;

  @Column('text')
  access!: PartyAccess;

  @Column('text', { default: 'register' })
  origin!: 'register' | 'text';

  /** Sealed: what each list of parties says of the person, in the order of the lists; for `text` what the texts say. */
  @Column('bytea')
  detailsSealed!: Buffer;

  @Column('bytea', { nullable: true })
  identityHmac!: Buffer | null;
}
