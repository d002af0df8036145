import { Injectable } from '@nestjs/common';
import { Not, type EntityManager } from 'typeorm';
import { AuditLog, type Actor } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { KeyRing } from '../platform/keys/authority-keys';
import { Outbox } from '../platform/outbox/outbox';
import { Refusal } from '../requests/refusal';
import { AccessRequest } from '../requests/request.entity';
import { Transitions } from '../requests/transitions';
import { Delivery } from './delivery.entity';

const SHORTEST_STATEMENT = 10;
const CITIZENS_WORDS = 'Svaret er udleveret til dig.';

/** The way out for an answer that Digital Post could not deliver: an employee hands it over and attests it. */
@Injectable()
export class HandOver {
  constructor(
    private readonly transitions: Transitions,
    private readonly keyRing: KeyRing,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The statement says how, when and to whom. It names people and is sealed; the audit log tells only that it was made. */
  async attest(entities: EntityManager, requestId: string, staffId: string, statement: string): Promise<void> {
    const words = statement.trim();
    if (words.length < SHORTEST_STATEMENT)
      throw new Refusal(
        'statement-missing',
        `Skriv, hvordan og hvornår svaret blev udleveret, og hvem der fik det. Mindst ${SHORTEST_STATEMENT} tegn.`,
      );
    await this.requireUndeliverable(entities, requestId);
    const actor: Actor = { kind: 'staff', id: staffId };
    const reason = 'An employee attested that the answer was handed over in another way.';
    await this.transitions.move(entities, requestId, 'delivered', actor, reason, CITIZENS_WORDS);
    const delivery = await entities.findOneByOrFail(Delivery, { requestId, state: Not('undone' as const) });
    const keys = await this.keyRing.of(delivery.authorityId);
    await entities.update(
      Delivery,
      { id: delivery.id },
      {
        channel: 'manual',
        state: 'delivered',
        deliveredAt: this.clock.now(),
        statementSealed: keys.seal('delivery.statement', words),
        handedOverBy: staffId,
      },
    );
    // One that was held before it was released is certified and journalised like the others.
    if (delivery.releasedAt === null)
      await this.outbox.announce(entities, delivery.authorityId, 'deliver.package', delivery.id);
    await this.audit.write(entities, delivery.authorityId, {
      actor,
      action: 'delivery.hand-over',
      subject: { kind: 'delivery', id: delivery.id },
      requestId,
      reason,
    });
  }

  /** The statement in clear text; null while nobody has made one. */
  async statementOf({ authorityId, statementSealed }: Delivery): Promise<string | null> {
    if (statementSealed === null) return null;
    return (await this.keyRing.of(authorityId)).unseal('delivery.statement', statementSealed);
  }

  /** Locks the request: a receipt that comes in the same moment waits, and finds what was done. */
  private async requireUndeliverable(entities: EntityManager, requestId: string): Promise<void> {
    const { state, number } = await entities.findOneOrFail(AccessRequest, {
      where: { id: requestId },
      lock: { mode: 'pessimistic_write' },
    });
    if (state === 'undeliverable') return;
    throw new Refusal(
      'not-undeliverable',
      `Svaret på anmodning ${number} venter ikke på at blive udleveret på anden måde. Opdater siden, og se hvad der er sket.`,
    );
  }
}
