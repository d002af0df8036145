import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock';
import { AuditEntry, type ActorKind } from './audit-entry.entity';

export interface Actor {
  kind: ActorKind;
  /** Person or staff row; absent for the system. */
  id?: string;
}

export const THE_SYSTEM: Actor = { kind: 'system' };

/** Who did what to whose, and why. Personal content by reference only, so that deletion stays possible. */
export interface AuditedAct {
  actor: Actor;
  /** `vault.read`, `request.transition` … */
  action: string;
  subject: { kind: string; id?: string };
  requestId?: string;
  reason: string;
  details?: Record<string, string | number | boolean | null>;
}

/** Adds entries in the transaction that they tell of; the sealer chains them after it has ended. */
@Injectable()
export class AuditLog {
  constructor(private readonly clock: Clock) {}

  write(entities: EntityManager, authorityId: string, act: AuditedAct): Promise<void> {
    return this.writeEach(entities, authorityId, [act]);
  }

  /** An entry for each act, in one statement. */
  async writeEach(entities: EntityManager, authorityId: string, acts: AuditedAct[]): Promise<void> {
    const at = this.clock.now();
    await entities.insert(
      AuditEntry,
      acts.map((act) => ({
        authorityId,
        at,
        actorKind: act.actor.kind,
        actorId: act.actor.id ?? null,
        action: act.action,
        subjectKind: act.subject.kind,
        subjectId: act.subject.id ?? null,
        requestId: act.requestId ?? null,
        reason: act.reason,
        details: act.details ?? {},
      })),
    );
  }
}
