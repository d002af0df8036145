import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A possible breach of personal data security, with the 72 hours of GDPR article 33 running. */
@Entity('breach_assessment')
export class BreachAssessment {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  /** The document that lies on the wrong citizen. */
  @Column('uuid')
  documentId!: string;

  /** The department whose case it lies on: it is to put it right. */
  @Column('text')
  unit!: string;

  @Column('timestamptz')
  noticedAt!: Date;

  @Column('timestamptz')
  dueAt!: Date;

  @Column('uuid')
  startedBy!: string;

  @Column('text')
  state!: 'open' | 'reported' | 'not_reported';

  @Column('bytea', { nullable: true })
  conclusionSealed!: Buffer | null;

  @Column('uuid', { nullable: true })
  concludedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  concludedAt!: Date | null;
}
