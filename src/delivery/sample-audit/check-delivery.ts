import { Injectable } from '@nestjs/common';
import type { AnswerTexts } from '../../decisions/answer-texts';
import type { Actor } from '../../platform/audit-log/audit-log';
import { danishDay } from '../../law';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Vault } from '../../platform/vault/vault';
import { auditedDelivery, type AuditedDelivery } from './audited-delivery';
import { checkDeadline } from './check-deadline';
import { checkAppealGuidance, checkBasis, checkExtraction, checkGrounds } from './check-decision';
import { checkComplaints, checkDocumentList, checkJournal, checkReading } from './check-handling';
import { CheckOutput } from './check-output';
import type { Evidence } from './points';

/** What the program itself can say of the eleven points, by number. */
@Injectable()
export class CheckDelivery {
  constructor(
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly vault: Vault,
    private readonly output: CheckOutput,
    private readonly clock: Clock,
  ) {}

  async of(authorityId: string, deliveryId: string, actor: Actor): Promise<Map<number, Evidence>> {
    const keys = await this.keyRing.of(authorityId);
    const audited = await this.database.inAuthority(authorityId, (entities) =>
      auditedDelivery(entities, keys, deliveryId),
    );
    return new Map<number, Evidence>([
      [1, checkDeadline(audited)],
      [2, checkBasis(audited)],
      [3, checkDocumentList(audited)],
      [4, checkGrounds(audited)],
      [5, checkExtraction(audited)],
      [6, await this.output.content(audited, actor)],
      [7, await this.output.recipient(audited, actor)],
      [8, checkAppealGuidance(audited, await this.textsOf(audited, actor))],
      [9, checkJournal(audited, this.clock.now())],
      [10, checkComplaints(audited, danishDay(this.clock.now()))],
      [11, checkReading(audited)],
    ]);
  }

  private async textsOf({ decision, request }: AuditedDelivery, actor: Actor): Promise<AnswerTexts | null> {
    if (!decision.answerKey) return null;
    return this.vault.readJson<AnswerTexts>(decision.authorityId, decision.answerKey, {
      actor,
      action: 'vault.read',
      subject: { kind: 'decision', id: decision.id },
      requestId: request.id,
      reason: 'A sample audit reads what the decision says.',
    });
  }
}
