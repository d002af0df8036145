import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export const STAFF_ROLES = ['sagsbehandler', 'godkender', 'arkivar', 'drift', 'dpo'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** An employee who has logged in at least once; the roles are those of the last login. */
@Entity('staff')
export class Staff {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('text')
  subject!: string;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  email!: string | null;

  @Column('text', { array: true })
  roles!: StaffRole[];

  @Column('timestamptz', { nullable: true })
  lastLoginAt!: Date | null;

  /** Beginnings of KLE subjects that the employee has rights to; null where the authority does not divide them. */
  @Column('text', { array: true, nullable: true })
  areas!: string[] | null;
}
