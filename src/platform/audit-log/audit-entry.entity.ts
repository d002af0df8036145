import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type ActorKind = 'citizen' | 'staff' | 'system';

/** One act. The program can add entries and read them, nothing else. */
@Entity('audit_entry')
export class AuditEntry {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('timestamptz')
  at!: Date;

  @Column('text')
  actorKind!: ActorKind;

  @Column('uuid', { nullable: true })
  actorId!: string | null;

  @Column('text')
  action!: string;

  @Column('text')
  subjectKind!: string;

  @Column('text', { nullable: true })
  subjectId!: string | null;

  @Column('uuid', { nullable: true })
  requestId!: string | null;

  @Column('text')
  reason!: string;

  @Column('jsonb')
  details!: Record<string, string | number | boolean | null>;
}
