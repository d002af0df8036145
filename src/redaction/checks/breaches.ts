import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DocumentRow } from '../../gathering/document.entity';
import { RecordsCaseRow } from '../../gathering/records-case.entity';
import { AuditLog } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Refusal } from '../../requests/refusal';
import { BreachAssessment } from './breach-assessment.entity';

/** GDPR article 33: Datatilsynet is told within 72 hours of the breach being noticed. */
const HOURS = 72;
const SHORTEST_CONCLUSION = 20;

/** Breach assessments: started with the finding, concluded by the records officer. */
@Injectable()
export class Breaches {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Starts the clock; a document that is found twice keeps its first one. */
  async start(entities: EntityManager, document: DocumentRow, staffId: string): Promise<void> {
    if (await entities.existsBy(BreachAssessment, { documentId: document.id })) return;
    const { responsibleUnit } = await entities.findOneByOrFail(RecordsCaseRow, { id: document.recordsCaseId });
    const noticedAt = this.clock.now();
    const { authorityId, requestId, id: documentId } = document;
    await entities.insert(BreachAssessment, {
      authorityId,
      requestId,
      documentId,
      unit: responsibleUnit ?? 'afdelingen er ikke oplyst af systemet',
      noticedAt,
      dueAt: new Date(noticedAt.getTime() + HOURS * 3_600_000),
      startedBy: staffId,
      state: 'open',
    });
    await this.audit.write(entities, authorityId, {
      actor: { kind: 'staff', id: staffId },
      action: 'breach.start',
      subject: { kind: 'document', id: documentId },
      requestId,
      reason: 'A document lies on the wrong citizen; the assessment of a breach was started.',
      details: { hours: HOURS },
    });
  }

  /** The records officer says whether Datatilsynet was told, and why. It cannot be changed afterwards. */
  async conclude(
    entities: EntityManager,
    id: string,
    staffId: string,
    state: 'reported' | 'not_reported',
    conclusion: string,
  ): Promise<void> {
    const breach = await entities.findOne(BreachAssessment, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!breach || breach.state !== 'open')
      throw new Refusal('breach-concluded', 'Vurderingen er allerede afsluttet. Opdater siden for at se den.');
    if (conclusion.trim().length < SHORTEST_CONCLUSION)
      throw new Refusal(
        'conclusion-missing',
        'Skriv i en sætning eller to, hvad der er lagt vægt på, og hvad der er gjort.',
      );
    const keys = await this.keyRing.of(breach.authorityId);
    await entities.update(
      BreachAssessment,
      { id },
      {
        state,
        conclusionSealed: keys.seal('breach_assessment.conclusion', conclusion.trim()),
        concludedBy: staffId,
        concludedAt: this.clock.now(),
      },
    );
    await this.audit.write(entities, breach.authorityId, {
      actor: { kind: 'staff', id: staffId },
      action: 'breach.conclude',
      subject: { kind: 'document', id: breach.documentId },
      requestId: breach.requestId,
      reason: state === 'reported' ? 'The breach was reported.' : 'The breach need not be reported.',
    });
  }
}
