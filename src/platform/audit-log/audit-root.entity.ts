import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type RootPlace = 'file' | 'time-stamp' | 'mail';

/** The last link of a day, and where it was put outside the database. */
@Entity('audit_root')
export class AuditRoot {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('date')
  day!: string;

  @Column('bigint')
  seq!: string;

  @Column('bytea')
  mac!: Buffer;

  @Column('timestamptz')
  drawnAt!: Date;

  @Column('text', { array: true })
  places!: RootPlace[];

  @Column('text', { nullable: true })
  errorText!: string | null;

  @Column('timestamptz', { nullable: true })
  exportedAt!: Date | null;
}
