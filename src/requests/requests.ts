import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { danishDay, deadlines } from '../law';
import { AuditLog } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { KeyRing } from '../platform/keys/authority-keys';
import { Settings } from '../platform/settings';
import { LIFECYCLE } from './lifecycle';
import { Refusal } from './refusal';
import { RequestEvent } from './request-event.entity';
import { AccessRequest, type RequestScope } from './request.entity';
import { Transitions } from './transitions';

export interface NewRequest {
  personRefId: string;
  scope: RequestScope;
  /** The citizen's own words; may be empty. */
  wording?: string;
  noticeEmail?: string;
  /** Made with the form: the same key from the same citizen is the same request, however often it is sent. */
  key?: string;
}

/** The citizen's side of a request: asked for, followed, taken back. */
@Injectable()
export class Requests {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly transitions: Transitions,
    private readonly audit: AuditLog,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** Writes the request down with its legal dates. Gathering is started by the caller in the same transaction. */
  async receive(entities: EntityManager, authorityId: string, asked: NewRequest): Promise<AccessRequest> {
    const now = this.clock.now();
    const receivedOn = danishDay(now);
    const due = deadlines(receivedOn);
    const reading = this.settings.SOFT_HOLIDAYS;
    const keys = await this.keyRing.of(authorityId);
    const request = await entities.save(
      entities.create(AccessRequest, {
        authorityId,
        number: await this.nextNumber(entities, authorityId, receivedOn.slice(0, 4)),
        personRefId: asked.personRefId,
        state: 'received' as const,
        basis: 'FVL_PART' as const,
        scope: asked.scope,
        receivedAt: now,
        receivedOn,
        deadlineOn: due.workingDays7[reading],
        section39On: due.workingDays14[reading],
        gdprDeadlineOn: due.gdpr.month,
        reviewRound: 1,
        wordingSealed: asked.wording?.trim() ? keys.seal('request.wording', asked.wording.trim()) : null,
        noticeEmailSealed: asked.noticeEmail?.trim()
          ? keys.seal('request.notice_email', asked.noticeEmail.trim())
          : null,
      }),
    );
    if (asked.key !== undefined)
      await entities.query(
        'insert into request_key (authority_id, person_ref_id, key, request_id) values ($1, $2, $3, $4)',
        [authorityId, asked.personRefId, asked.key, request.id],
      );
    await this.transitions.tell(entities, request, 'received', LIFECYCLE.received.event);
    await this.audit.write(entities, authorityId, {
      actor: { kind: 'citizen', id: asked.personRefId },
      action: 'request.receive',
      subject: { kind: 'request', id: request.id },
      requestId: request.id,
      reason: 'The citizen asked for access.',
    });
    return request;
  }

  async withdraw(entities: EntityManager, requestId: string, personRefId: string): Promise<void> {
    const request = await this.ofCitizen(entities, requestId, personRefId);
    await this.transitions.move(
      entities,
      request.id,
      'withdrawn',
      { kind: 'citizen', id: personRefId },
      'The citizen withdrew the request.',
    );
  }

  /** What an earlier sending of the same form became. Two at once wait for each other. */
  async sentBefore(entities: EntityManager, personRefId: string, key: string): Promise<AccessRequest | null> {
    await entities.query(`select pg_advisory_xact_lock(hashtextextended('request-key:' || $1, 0))`, [
      `${personRefId}:${key}`,
    ]);
    const [known]: { request_id: string }[] = await entities.query(
      'select request_id from request_key where person_ref_id = $1 and key = $2',
      [personRefId, key],
    );
    return known ? entities.findOneByOrFail(AccessRequest, { id: known.request_id }) : null;
  }

  listOfCitizen(entities: EntityManager, personRefId: string): Promise<AccessRequest[]> {
    return entities.find(AccessRequest, { where: { personRefId }, order: { receivedAt: 'DESC' } });
  }

  /** Another citizen's request does not exist for this one: the answer is the same as for a number that was never given. */
  async ofCitizen(entities: EntityManager, requestId: string, personRefId: string): Promise<AccessRequest> {
    const request = await entities.findOneBy(AccessRequest, { id: requestId, personRefId });
    if (!request)
      throw new Refusal(
        'no-such-request',
        'Vi kan ikke finde den anmodning blandt dine. Gå til »Dine sager«, og vælg den derfra.',
      );
    return request;
  }

  eventsOf(entities: EntityManager, requestId: string): Promise<RequestEvent[]> {
    return entities.find(RequestEvent, { where: { requestId }, order: { id: 'ASC' } });
  }

  async wordingOf(request: AccessRequest): Promise<string | null> {
    if (request.wordingSealed === null) return null;
    return (await this.keyRing.of(request.authorityId)).unseal('request.wording', request.wordingSealed);
  }

  /** One after the other within a year; two at once wait for each other. */
  private async nextNumber(entities: EntityManager, authorityId: string, year: string): Promise<string> {
    await entities.query(`select pg_advisory_xact_lock(hashtextextended('request-number:' || $1, 0))`, [authorityId]);
    const [{ last }] = await entities.query(
      `select coalesce(max(substring(number from 6)::int), 0) as last from request where number like $1`,
      [`${year}-%`],
    );
    return `${year}-${String(last + 1).padStart(6, '0')}`;
  }
}
