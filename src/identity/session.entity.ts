import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A login under way, a citizen's session or an employee's. The browser holds a token; here is only its hash. */
@Entity('session')
export class SessionRow {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('bytea')
  tokenHash!: Buffer;

  @Column('text')
  kind!: 'login' | 'citizen' | 'staff';

  @Column('uuid', { nullable: true })
  personRefId!: string | null;

  @Column('uuid', { nullable: true })
  staffId!: string | null;

  @Column('bytea', { nullable: true })
  contentSealed!: Buffer | null;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  expiresAt!: Date;
}
