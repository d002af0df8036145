import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, type Actor } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { canMove, isEnded, LIFECYCLE, type RequestState } from './lifecycle';
import { Refusal } from './refusal';
import { AccessRequest } from './request.entity';
import { RequestEvent } from './request-event.entity';

/** Answers with every reason why the request may not move; an empty list lets it. */
export type TransitionGuard = (entities: EntityManager, request: AccessRequest) => Promise<string[]>;

/** The only place where a request changes its state: the row, the citizen's event and the audit entry in one transaction. */
@Injectable()
export class Transitions {
  private readonly guards: { to: RequestState; guard: TransitionGuard }[] = [];

  constructor(
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Folders above add what must be true before a state; all guards of a state must agree. */
  guard(to: RequestState, guard: TransitionGuard): void {
    this.guards.push({ to, guard });
  }

  /** `words` stand in the citizen's timeline where those of the state do not fit how it was reached. */
  async move(
    entities: EntityManager,
    requestId: string,
    to: RequestState,
    actor: Actor,
    reason: string,
    words: string | null = LIFECYCLE[to].event,
  ): Promise<AccessRequest> {
    const request = await entities.findOneOrFail(AccessRequest, {
      where: { id: requestId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!canMove(request.state, to)) {
      throw new Refusal(
        'not-possible-now',
        `Anmodning ${request.number} er i status »${LIFECYCLE[request.state].staff}« og kan ikke gå til »${LIFECYCLE[to].staff}«. Opdater siden, og se hvad der er sket.`,
      );
    }
    await this.askGuards(entities, request, to);
    const from = request.state;
    request.state = to;
    request.closedAt = isEnded(to) ? this.clock.now() : null;
    if (to !== 'stopped' && to !== 'undeliverable') request.attention = null;
    await entities.save(request);
    await this.tell(entities, request, to, words);
    await this.audit.write(entities, request.authorityId, {
      actor,
      action: 'request.transition',
      subject: { kind: 'request', id: request.id },
      requestId: request.id,
      reason,
      details: { from, to },
    });
    return request;
  }

  /** A line in the citizen's timeline that is not a change of state. */
  async tell(entities: EntityManager, request: AccessRequest, kind: string, words: string | null): Promise<void> {
    if (words === null) return;
    await entities.insert(RequestEvent, {
      authorityId: request.authorityId,
      requestId: request.id,
      at: this.clock.now(),
      kind,
      words,
    });
  }

  private async askGuards(entities: EntityManager, request: AccessRequest, to: RequestState): Promise<void> {
    const asked = this.guards.filter((each) => each.to === to);
    const reasons = (await Promise.all(asked.map((each) => each.guard(entities, request)))).flat();
    if (reasons.length === 0) return;
    throw new Refusal(
      'guarded',
      `Anmodning ${request.number} kan ikke gå til »${LIFECYCLE[to].staff}« endnu. ${reasons.join(' ')}`,
      reasons,
    );
  }
}
