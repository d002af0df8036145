import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Decision } from '../decisions/decision.entity';
import { AuditLog } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Outbox } from '../platform/outbox/outbox';
import { Settings } from '../platform/settings';
import { DecisionMemory } from '../redaction/decision-memory';
import { Refusal } from '../requests/refusal';
import { Transitions } from '../requests/transitions';
import { Delivery } from './delivery.entity';
import { recordPackagePlaces } from './incidents/package-places';
import type { RegisterFact } from './person-facts';
import { Recipients } from './recipients';

/** What stood on the page when it was approved. */
export interface Shown {
  manifestSha256: string;
  /** The mandate by which another receives; null: the citizen does. */
  mandateId: string | null;
  /** What the register of persons said. */
  personFacts?: RegisterFact[];
}

/** The second of the two acts, "Godkend og send": signs the hash of the manifest that was shown, and sends. */
@Injectable()
export class SignDecision {
  constructor(
    private readonly transitions: Transitions,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly recipients: Recipients,
    private readonly memory: DecisionMemory,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  async sign(entities: EntityManager, requestId: string, staffId: string, shown: Shown): Promise<Delivery> {
    const request = await this.transitions.move(
      entities,
      requestId,
      'signed',
      { kind: 'staff', id: staffId },
      'The finished package was approved.',
    );
    const decision = await entities.findOneOrFail(Decision, {
      where: { requestId, round: request.reviewRound },
      lock: { mode: 'pessimistic_write' },
    });
    this.requireSignable(decision, staffId, shown.manifestSha256);
    const mandate = await this.recipients.mandateOf(entities, requestId);
    requireShownRecipient(mandate?.id ?? null, shown.mandateId);
    await this.requireTwoListeners(entities, requestId);
    await entities.update(
      Decision,
      { id: decision.id },
      { state: 'signed', signedBy: staffId, signedAt: this.clock.now() },
    );
    await this.audit.write(entities, request.authorityId, {
      actor: { kind: 'staff', id: staffId },
      action: 'decision.sign',
      subject: { kind: 'decision', id: decision.id },
      requestId,
      reason: 'The package was approved as it was shown.',
      details: { manifestSha256: shown.manifestSha256, round: decision.round },
    });
    await this.memory.remember(entities, request);
    await recordPackagePlaces(entities, decision.id);
    const undoMs = this.settings.DELIVERY_UNDO_SECONDS * 1000;
    const delivery = await entities.save(
      entities.create(Delivery, {
        authorityId: request.authorityId,
        requestId,
        decisionId: decision.id,
        channel: 'digital-post' as const,
        state: 'queued' as const,
        recipientRef: request.personRefId,
        mandateId: shown.mandateId,
        personFacts: shown.personFacts ?? [],
        sendAfter: undoMs > 0 ? this.clock.after(undoMs) : null,
      }),
    );
    await this.outbox.announce(entities, request.authorityId, 'deliver.package', delivery.id, { afterMs: undoMs });
    return delivery;
  }

  /** A recording is played to its end by two people before it leaves, or before the citizen is invited to it. */
  private async requireTwoListeners(entities: EntityManager, requestId: string): Promise<void> {
    const open: unknown[] = await entities.query(
      `select 1 from recording r join file f on f.id = r.file_id join document d on d.id = f.document_id
       where r.request_id = $1 and r.second_by is null and d.outcome in ('full', 'partial')`,
      [requestId],
    );
    if (open.length === 0) return;
    throw new Refusal(
      'recording-second-person',
      `${open.length === 1 ? 'Én optagelse' : `${open.length} optagelser`} mangler en anden medarbejder, der har afspillet den til ende. Afspil den fra listen på siden, eller bed en kollega om det.`,
    );
  }

  private requireSignable(decision: Decision, staffId: string, shownSha256: string): void {
    if (decision.state !== 'assembled' || decision.facts?.verification.verdict !== 'pass') {
      throw new Refusal(
        'not-verified',
        'Svaret er ikke kontrolleret færdigt. Vent, til siden viser, at kontrollen er bestået.',
      );
    }
    if (decision.manifestSha256 !== shownSha256) {
      throw new Refusal(
        'package-changed',
        'Svaret er ændret, siden du åbnede siden. Se det nye svar igennem, før du godkender.',
      );
    }
    if (decision.needsSecondPerson && decision.reviewedBy === staffId) {
      throw new Refusal(
        'second-person-needed',
        'Svaret indeholder følsomme valg og skal godkendes af en anden end den, der har gennemgået det. Bed en kollega om at godkende.',
      );
    }
  }
}

function requireShownRecipient(mandateId: string | null, shown: string | null): void {
  if (mandateId === shown) return;
  throw new Refusal(
    'recipient-changed',
    'Modtageren er ændret, siden du åbnede siden. Se, hvem der nu får svaret, før du godkender.',
  );
}
