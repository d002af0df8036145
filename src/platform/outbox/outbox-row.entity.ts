import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A job announced in the transaction that makes it true, and whether it has ended: the queue can be rebuilt from these. */
@Entity('outbox')
export class OutboxRow {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('text')
  queue!: string;

  @Column('text')
  name!: string;

  @Column('uuid')
  subjectId!: string;

  @Column('timestamptz', { default: () => 'now()' })
  availableAt!: Date;

  @Column('timestamptz', { nullable: true })
  completedAt!: Date | null;

  @Column('text', { nullable: true })
  errorText!: string | null;
}
