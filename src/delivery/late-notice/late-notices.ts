import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { addDays, danishDay, faultOfReason, weekdayDate } from '../../law';
import { AuditLog } from '../../platform/audit-log/audit-log';
import { Clock } from '../../platform/clock';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Outbox } from '../../platform/outbox/outbox';
import { Refusal } from '../../requests/refusal';
import { isEnded } from '../../requests/lifecycle';
import { AccessRequest } from '../../requests/request.entity';
import { Transitions } from '../../requests/transitions';
import { LateNotice } from './late-notice.entity';

/** Later than this is no date that anybody can stand by. */
const LONGEST_DAYS = 365;
const TOO_LATE_FOR_IT = ['signed', 'submitted', 'undeliverable'];
const SHORTEST_STATEMENT = 10;

/** The individual notice before the deadline has gone by: a concrete reason and a realistic date. */
@Injectable()
export class LateNotices {
  constructor(
    private readonly transitions: Transitions,
    private readonly outbox: Outbox,
    private readonly keyRing: KeyRing,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Writes the notice and lets it leave at once: each day that it waits may be the day too late. */
  async write(
    entities: EntityManager,
    requestId: string,
    staffId: string,
    { reason, expectedOn }: { reason: string; expectedOn: string },
  ): Promise<LateNotice> {
    const request = await entities.findOneOrFail(AccessRequest, {
      where: { id: requestId },
      lock: { mode: 'pessimistic_write' },
    });
    if (isEnded(request.state) || TOO_LATE_FOR_IT.includes(request.state))
      throw new Refusal('answered', `Anmodning ${request.number} er besvaret. Der er ikke noget at udsætte.`);
    const fault = faultOfReason(reason);
    if (fault) throw new Refusal('reason-not-concrete', fault);
    this.requireDate(expectedOn);
    const keys = await this.keyRing.of(request.authorityId);
    const position = (await entities.countBy(LateNotice, { requestId })) + 1;
    const notice = await entities.save(
      entities.create(LateNotice, {
        ...{ authorityId: request.authorityId, requestId, position, expectedOn, dueOn: request.deadlineOn },
        reasonSealed: keys.seal('late_notice.reason', withoutFullStop(reason)),
        ...{ writtenBy: staffId, writtenAt: this.clock.now() },
        ...{ state: 'queued' as const, messageUuid: randomUUID(), attempts: 0 },
      }),
    );
    await this.outbox.announce(entities, request.authorityId, 'deliver.late-notice', notice.id);
    const words = `Vi bliver forsinket. Vi forventer at svare senest ${weekdayDate(expectedOn)}. Begrundelsen får du i et brev.`;
    await this.transitions.tell(entities, request, 'late-notice', words);
    await entities.update(AccessRequest, { id: requestId }, { attention: null });
    await this.audit.write(entities, request.authorityId, {
      actor: { kind: 'staff', id: staffId },
      action: 'notice.late',
      subject: { kind: 'late_notice', id: notice.id },
      requestId,
      reason: 'The citizen is told why the answer is late, and when it comes.',
      details: { expectedOn, dueOn: request.deadlineOn },
    });
    return notice;
  }

  /** An employee has printed the notice and sent it by post to a citizen without Digital Post. */
  async handOver(
    entities: EntityManager,
    requestId: string,
    noticeId: string,
    staffId: string,
    statement: string,
  ): Promise<void> {
    const notice = await entities.findOneByOrFail(LateNotice, { id: noticeId, requestId });
    if (notice.state !== 'not_registered' && notice.state !== 'failed')
      throw new Refusal('not-waiting', 'Brevet venter ikke på at blive sendt på anden måde. Opdater siden.');
    if (statement.trim().length < SHORTEST_STATEMENT)
      throw new Refusal('statement-missing', 'Skriv, hvordan og hvornår brevet blev sendt. Mindst 10 tegn.');
    await entities.update(
      LateNotice,
      { id: noticeId },
      { state: 'handed_over', errorText: statement.trim(), deliveredAt: this.clock.now() },
    );
    await entities.update(AccessRequest, { id: requestId }, { attention: null });
    await this.audit.write(entities, notice.authorityId, {
      actor: { kind: 'staff', id: staffId },
      action: 'notice.late-hand-over',
      subject: { kind: 'late_notice', id: noticeId },
      requestId,
      reason: 'An employee attested that the late notice was sent in another way.',
    });
  }

  async reasonOf({ authorityId, reasonSealed }: LateNotice): Promise<string> {
    return (await this.keyRing.of(authorityId)).unseal('late_notice.reason', reasonSealed);
  }

  private requireDate(expectedOn: string): void {
    const today = danishDay(this.clock.now());
    if (expectedOn > today && expectedOn <= addDays(today, LONGEST_DAYS)) return;
    throw new Refusal(
      'date-unrealistic',
      'Vælg en dato efter i dag, som I kan holde. Datoen skal være realistisk, også når den viser, at fristen bliver brudt.',
    );
  }
}

/** The reason goes on inside a sentence: "Det skyldes, at …". */
function withoutFullStop(reason: string): string {
  return reason.trim().replace(/[.\s]+$/, '');
}
