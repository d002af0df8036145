import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, THE_SYSTEM } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import type { JobContext, JobDefinition } from '../platform/queue/job-definition';
import { JobRegistry } from '../platform/queue/job-registry';
import { Journal } from './journal';
import { JournalEntryRow } from './journal-entry.entity';

/** The queue `journal`: writes to the municipality's own journal. Nothing waits for it. */
@Injectable()
export class JournalProcessor implements OnModuleInit, JobDefinition<JournalEntryRow, string> {
  readonly name = 'journal.entry' as const;

  constructor(
    private readonly registry: JobRegistry,
    private readonly journal: Journal,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  load(entities: EntityManager, id: string, lock: boolean): Promise<JournalEntryRow | null> {
    return entities.findOne(JournalEntryRow, {
      where: { id },
      ...(lock ? { lock: { mode: 'pessimistic_write' as const } } : {}),
    });
  }

  isExpected(row: JournalEntryRow): true | string {
    return row.state !== 'journalised' || 'it is already journalised';
  }

  async run(row: JournalEntryRow, { signal }: JobContext): Promise<string> {
    const port = await this.journal.portOf(row.authorityId);
    if (!port) throw new Error('No journal is connected. Add a source of the kind sbsys-journal.');
    const { journalId } = await port.journalise(await this.journal.compose(row), signal);
    return journalId;
  }

  async mark(entities: EntityManager, row: JournalEntryRow, journalId: string): Promise<string> {
    await entities.update(
      JournalEntryRow,
      { id: row.id },
      { state: 'journalised', journalId, errorText: null, journalisedAt: this.clock.now() },
    );
    await this.audit.write(entities, row.authorityId, {
      actor: THE_SYSTEM,
      action: 'journal.entry',
      subject: { kind: 'journal_entry', id: row.id },
      requestId: row.requestId,
      reason: `The ${row.kind} was journalised (OFL § 15).`,
    });
    return `the ${row.kind} was journalised`;
  }

  async giveUp(entities: EntityManager, row: JournalEntryRow, error: Error): Promise<void> {
    await entities.update(JournalEntryRow, { id: row.id }, { state: 'failed', errorText: error.message });
  }
}
