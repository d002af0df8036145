import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, THE_SYSTEM } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import type { JobDefinition } from '../../platform/queue/job-definition';
import { JobRegistry } from '../../platform/queue/job-registry';
import { AppealFile } from './appeal-file.entity';
import { MakeAppealFile, type MadeAppealFile } from './make-appeal-file';

/** The queue `assemble`: makes the file for an appeal body. Made twice it is the same bytes, which lie in the vault once. */
@Injectable()
export class AppealFileProcessor implements OnModuleInit, JobDefinition<AppealFile, MadeAppealFile> {
  readonly name = 'assemble.appeal-file' as const;

  constructor(
    private readonly registry: JobRegistry,
    private readonly makeFile: MakeAppealFile,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  load(entities: EntityManager, id: string, lock: boolean): Promise<AppealFile | null> {
    return entities.findOne(AppealFile, {
      where: { id },
      ...(lock ? { lock: { mode: 'pessimistic_write' as const } } : {}),
    });
  }

  isExpected({ state }: AppealFile): true | string {
    return state === 'ordered' || `the file is already ${state}`;
  }

  run(appeal: AppealFile): Promise<MadeAppealFile> {
    return this.makeFile.run(appeal);
  }

  async mark(entities: EntityManager, appeal: AppealFile, made: MadeAppealFile): Promise<string> {
    const { id, authorityId, requestId, recipientKind, dueOn } = appeal;
    const { size, pages, marks, sha256 } = made;
    await entities.update(
      AppealFile,
      { id },
      { ...made, size: String(size), state: 'made', errorText: null, madeAt: this.clock.now() },
    );
    await this.audit.write(entities, authorityId, {
      ...{ actor: THE_SYSTEM, action: 'appeal-file.made', subject: { kind: 'appeal_file', id }, requestId },
      reason: 'The file for an appeal body was made.',
      details: { recipient: recipientKind, dueOn, sha256, pages, count: marks },
    });
    return `a file of ${pages} pages with ${marks} marked places was made`;
  }

  async giveUp(entities: EntityManager, { id }: AppealFile, error: Error): Promise<void> {
    const errorText = `Filen kunne ikke laves (${error.name}). Driften skal se på det; prøv igen, når det er gjort.`;
    await entities.update(AppealFile, { id }, { state: 'failed', errorText });
  }
}
