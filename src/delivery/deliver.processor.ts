import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import type { EntityManager } from 'typeorm';
import type { SendOutcome } from '../contracts';
import { CertifyDecision } from '../decisions/certificate/certify-decision';
import { People } from '../identity/people';
import { PersonRef } from '../identity/person-ref.entity';
import { AuditLog, THE_SYSTEM } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { RetryLater, type JobContext, type JobDefinition } from '../platform/queue/job-definition';
import { JobRegistry } from '../platform/queue/job-registry';
import { Settings } from '../platform/settings';
import { Vault } from '../platform/vault/vault';
import { AccessRequest } from '../requests/request.entity';
import { Transitions } from '../requests/transitions';
import { Delivery } from './delivery.entity';
import { GATEWAY, type Gateway } from './gateway';
import { StoreMemo } from './store-memo';

const AFTER_UNKNOWN_MS = 5000;
const HOUR_MS = 3_600_000;
/** Stands in place of the register's answer: the citizen asked for paper, so the register is not asked. */
const WANTS_LETTER = 'letter';

/** What happened to a message that can be settled now. */
type Settled = { state: 'not_registered'; registration: string } | Exclude<SendOutcome, { state: 'unknown' }>;

/** The queue `deliver`: one job a message. The bytes are stored first and are the same at every attempt. */
@Injectable()
export class DeliverProcessor implements OnModuleInit, JobDefinition<Delivery, Settled> {
  readonly name = 'deliver.package' as const;

  constructor(
    private readonly registry: JobRegistry,
    private readonly database: Database,
    private readonly certify: CertifyDecision,
    private readonly storeMemo: StoreMemo,
    private readonly people: People,
    private readonly vault: Vault,
    private readonly transitions: Transitions,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly settings: Settings,
    @Inject(GATEWAY) private readonly gateway: Gateway,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async load(entities: EntityManager, id: string, lock: boolean): Promise<Delivery | null> {
    const delivery = await entities.findOneBy(Delivery, { id });
    if (!delivery || !lock) return delivery;
    await entities.findOneOrFail(AccessRequest, {
      where: { id: delivery.requestId },
      lock: { mode: 'pessimistic_write' },
    });
    return entities.findOneBy(Delivery, { id });
  }

  isExpected(delivery: Delivery): true | string {
    return ['queued', 'prepared', 'unknown'].includes(delivery.state) || `the delivery is already ${delivery.state}`;
  }

  async run(delivery: Delivery, { signal }: JobContext): Promise<Settled> {
    await this.certify.of(delivery.authorityId, delivery.decisionId);
    if (delivery.attempts === 0) {
      const registration = await this.registrationOf(delivery, signal);
      if (registration !== 'registered') return { state: 'not_registered', registration };
    }
    const prepared = await this.storeMemo.of(delivery);
    const memo = await this.vault.readBytes(delivery.authorityId, prepared.memoKey, {
      actor: THE_SYSTEM,
      action: 'vault.read',
      subject: { kind: 'delivery', id: delivery.id },
      requestId: delivery.requestId,
      reason: 'The stored message is sent.',
    });
    await this.database.inAuthority(delivery.authorityId, (entities) =>
      entities.increment(Delivery, { id: delivery.id }, 'attempts', 1),
    );
    const outcome = await this.gateway.send(delivery.messageUuid, memo, signal);
    // After an attempt whose end is unknown, a refusal does not prove that the first message was not taken in.
    if (outcome.state === 'accepted' || (outcome.state === 'refused' && delivery.attempts === 0)) return outcome;
    await this.database.inAuthority(delivery.authorityId, (entities) =>
      entities.query(
        `update delivery set state = 'unknown', error_text = $2 where id = $1 and state in ('queued', 'prepared', 'unknown')`,
        [delivery.id, outcome.message],
      ),
    );
    throw new RetryLater(outcome.message, ('retryAfterMs' in outcome && outcome.retryAfterMs) || AFTER_UNKNOWN_MS);
  }

  async mark(entities: EntityManager, delivery: Delivery, settled: Settled): Promise<string> {
    if (settled.state === 'accepted') return this.markAccepted(entities, delivery, settled);
    if (settled.state === 'not_registered' && delivery.attempts > 0)
      return 'the message was sent by another run meanwhile; a receipt tells what became of it';
    const sentence =
      settled.state === 'not_registered'
        ? notRegisteredInWords(settled.registration)
        : `Digital Post afviste beskeden (${settled.code}): ${settled.message}`;
    await entities.update(
      Delivery,
      { id: delivery.id },
      { state: settled.state === 'refused' ? 'failed' : 'not_registered', errorText: sentence },
    );
    await this.undeliverable(entities, delivery, sentence);
    return settled.state === 'refused'
      ? `the message was refused (${settled.code})`
      : 'the citizen cannot receive Digital Post';
  }

  async giveUp(entities: EntityManager, delivery: Delivery, error: Error): Promise<void> {
    if (delivery.attempts === 0 && error instanceof UnrecoverableError) {
      const sentence = `Intet er sendt: beskeden overholder ikke reglerne for Digital Post (${error.message}) Bed driften se på det, og udlever svaret på en anden måde.`;
      await entities.update(Delivery, { id: delivery.id }, { state: 'failed', errorText: sentence });
      return this.undeliverable(entities, delivery, sentence);
    }
    const attention =
      delivery.attempts === 0
        ? `Svaret er ikke sendt endnu (${error.message}). Det prøves igen af sig selv; bed driften se på det, hvis det bliver ved.`
        : `Det er uvist, om svaret nåede frem til Digital Post (${error.message}). Send det ikke igen: afvent kvitteringen, eller bed driften undersøge beskeden.`;
    await entities.update(AccessRequest, { id: delivery.requestId }, { attention });
  }

  private async markAccepted(
    entities: EntityManager,
    delivery: Delivery,
    accepted: Extract<SendOutcome, { state: 'accepted' }>,
  ): Promise<string> {
    await entities.update(
      Delivery,
      { id: delivery.id },
      {
        state: 'submitted',
        transmissionId: accepted.transmissionId ?? null,
        answer: accepted.raw,
        errorText: null,
        submittedAt: this.clock.now(),
        receiptDueAt: this.clock.after(this.settings.RECEIPT_DUE_HOURS * HOUR_MS),
      },
    );
    await this.transitions.move(
      entities,
      delivery.requestId,
      'submitted',
      THE_SYSTEM,
      'Digital Post accepted the message.',
    );
    await this.audit.write(entities, delivery.authorityId, {
      actor: THE_SYSTEM,
      action: 'delivery.submitted',
      subject: { kind: 'delivery', id: delivery.id },
      requestId: delivery.requestId,
      reason: 'The signed package was handed to Digital Post.',
      details: { messageUuid: delivery.messageUuid, memoSha256: delivery.memoSha256 },
    });
    return 'the message was accepted by Digital Post';
  }

  private async undeliverable(entities: EntityManager, delivery: Delivery, sentence: string): Promise<void> {
    await this.transitions.move(
      entities,
      delivery.requestId,
      'undeliverable',
      THE_SYSTEM,
      'The package could not be delivered in Digital Post.',
    );
    await entities.update(AccessRequest, { id: delivery.requestId }, { attention: sentence });
  }

  /**
   * Asked until the first attempt: a registration can change between the approval and the sending. Not after it, since the
   * message may lie in the mailbox of one who left Digital Post later.
   */
  private async registrationOf(delivery: Delivery, signal: AbortSignal): Promise<string> {
    const { cpr, wantsLetter } = await this.database.inAuthority(delivery.authorityId, async (entities) => {
      const request = await entities.findOneByOrFail(AccessRequest, { id: delivery.requestId });
      const person = await entities.findOneByOrFail(PersonRef, { id: request.personRefId });
      return { cpr: await this.people.cprOf(person), wantsLetter: request.scope.delivery === 'letter' };
    });
    const registration = wantsLetter ? WANTS_LETTER : await this.gateway.registration(cpr, signal);
    await this.database.inAuthority(delivery.authorityId, (entities) =>
      entities.update(Delivery, { id: delivery.id }, { registration, registrationAt: this.clock.now() }),
    );
    return registration;
  }
}

function notRegisteredInWords(registration: string): string {
  return registration === WANTS_LETTER
    ? 'Borgeren har bedt om svaret på papir. Print det, og send det med posten.'
    : 'Borgeren kan ikke modtage Digital Post. Svaret skal udleveres på en anden måde.';
}
