import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What must stand in the municipality's own journal. Its failure delays nothing and is told to staff. */
@Entity('journal_entry')
export class JournalEntryRow {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('uuid', { nullable: true })
  decisionId!: string | null;

  @Column('uuid', { nullable: true })
  lateNoticeId!: string | null;

  @Column('uuid', { nullable: true })
  incidentLetterId!: string | null;

  @Column('text')
  kind!: 'request' | 'late-notice' | 'decision' | 'package' | 'incident-letter';

  /** The same key twice is one entry in the journal. */
  @Column('text')
  key!: string;

  @Column('text')
  state!: 'pending' | 'journalised' | 'failed';

  @Column('text', { nullable: true })
  journalId!: string | null;

  @Column('text', { nullable: true })
  errorText!: string | null;

  @Column('timestamptz')
  dueAt!: Date;

  @Column('timestamptz', { nullable: true })
  journalisedAt!: Date | null;
}
