import { Injectable } from '@nestjs/common';
import { Not, type EntityManager } from 'typeorm';
import { Decision } from '../decisions/decision.entity';
import { AuditLog, THE_SYSTEM, type Actor } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Refusal } from '../requests/refusal';
import { AccessRequest } from '../requests/request.entity';
import { Transitions } from '../requests/transitions';
import { Delivery } from './delivery.entity';

const CITIZENS_WORDS = 'Godkendelsen er trukket tilbage. Svaret bliver set igennem igen, før det sendes.';

/** Takes an approved answer back to the approver before anything of it was sent. */
@Injectable()
export class TakeBack {
  constructor(
    private readonly transitions: Transitions,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** "Fortryd afsendelsen". */
  async undo(entities: EntityManager, requestId: string, staffId: string): Promise<void> {
    const request = await entities.findOneOrFail(AccessRequest, {
      where: { id: requestId },
      lock: { mode: 'pessimistic_write' },
    });
    const delivery = await currentDelivery(entities, requestId);
    if (request.state !== 'signed' || !delivery || delivery.releasedAt !== null)
      throw new Refusal(
        'already-sent',
        `Svaret på anmodning ${request.number} er ved at blive sendt eller er sendt og kan ikke fortrydes. Opdater siden, og se hvor det er nået til.`,
      );
    await this.take(entities, delivery, { kind: 'staff', id: staffId }, 'An employee undid the sending in time.');
  }

  /**
   * A check at the moment of sending stopped it, and a person has found out why: the approver decides anew, where another
   * recipient can be chosen.
   */
  async giveBack(entities: EntityManager, requestId: string, staffId: string): Promise<void> {
    const request = await entities.findOneOrFail(AccessRequest, {
      where: { id: requestId },
      lock: { mode: 'pessimistic_write' },
    });
    const delivery = await currentDelivery(entities, requestId);
    if (!delivery || !canBeGivenBack(request, delivery))
      throw new Refusal(
        'not-held',
        `Svaret på anmodning ${request.number} kan ikke godkendes igen. Opdater siden, og se hvad der er sket.`,
      );
    await this.take(entities, delivery, { kind: 'staff', id: staffId }, 'An employee gave a held answer back.');
  }

  /** The signature holds no longer: the recipient is not the one that it was given for. */
  async voidSignature(entities: EntityManager, delivery: Delivery, sentence: string): Promise<void> {
    await this.take(entities, delivery, THE_SYSTEM, 'The recipient was not as approved at the moment of sending.');
    await entities.update(Delivery, { id: delivery.id }, { errorText: sentence });
    await entities.update(AccessRequest, { id: delivery.requestId }, { attention: sentence });
  }

  /** The files are not those that were approved: only a new round of review leads on. */
  async stop(entities: EntityManager, delivery: Delivery, sentence: string): Promise<void> {
    const reason = 'The files were not those that were approved at the moment of sending.';
    await this.transitions.move(entities, delivery.requestId, 'stopped', THE_SYSTEM, reason);
    await this.unsign(entities, delivery, THE_SYSTEM, reason);
    await entities.update(AccessRequest, { id: delivery.requestId }, { attention: sentence });
  }

  private async take(entities: EntityManager, delivery: Delivery, actor: Actor, reason: string): Promise<void> {
    await this.transitions.move(entities, delivery.requestId, 'ready', actor, reason, CITIZENS_WORDS);
    await this.unsign(entities, delivery, actor, reason);
  }

  private async unsign(entities: EntityManager, delivery: Delivery, actor: Actor, reason: string): Promise<void> {
    const { id, requestId, decisionId, authorityId } = delivery;
    await entities.update(
      Delivery,
      { id },
      { state: 'undone', undoneBy: actor.id ?? null, undoneAt: this.clock.now(), sendAfter: null },
    );
    await entities.update(Decision, { id: decisionId }, { state: 'assembled', signedBy: null, signedAt: null });
    await this.audit.write(entities, authorityId, {
      actor,
      action: 'delivery.undo',
      subject: { kind: 'delivery', id },
      requestId,
      reason,
    });
  }
}

/** Stopped before anything was certified, journalised or sent. */
export function canBeGivenBack({ state }: AccessRequest, delivery: Delivery): boolean {
  return state === 'undeliverable' && delivery.state === 'held' && delivery.releasedAt === null;
}

/** The delivery that counts: the one that was not taken back. */
export function currentDelivery(entities: EntityManager, requestId: string): Promise<Delivery | null> {
  return entities.findOneBy(Delivery, { requestId, state: Not('undone' as const) });
}
