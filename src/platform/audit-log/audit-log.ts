import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock';
import type { ActorKind } from './audit-entry.entity';

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

const COLUMNS = [
  'authority_id',
  'at',
  'actor_kind',
  'actor_id',
  'action',
  'subject_kind',
  'subject_id',
  'request_id',
  'reason',
  'details',
];

/** Adds entries in the transaction that they tell of; the sealer chains them after it has ended. */
@Injectable()
export class AuditLog {
  constructor(private readonly clock: Clock) {}

  write(entities: EntityManager, authorityId: string, act: AuditedAct): Promise<void> {
    return this.writeEach(entities, authorityId, [act]);
  }

  /** An entry for each act, in one statement. */
  async writeEach(entities: EntityManager, authorityId: string, acts: AuditedAct[]): Promise<void> {
    if (acts.length === 0) return;
    const at = this.clock.now();
    const values = acts.flatMap((act) => [
      authorityId,
      at,
      act.actor.kind,
      act.actor.id ?? null,
      act.action,
      act.subject.kind,
      act.subject.id ?? null,
      act.requestId ?? null,
      act.reason,
      JSON.stringify(act.details ?? {}),
    ]);
    // Written by hand, since every act of the program pays for it.
    const rows = acts.map(
      (_act, row) => `(${COLUMNS.map((_name, column) => `$${row * COLUMNS.length + column + 1}`).join(', ')})`,
    );
    await entities.query(`insert into audit_entry (${COLUMNS.join(', ')}) values ${rows.join(', ')}`, values);
  }
}
