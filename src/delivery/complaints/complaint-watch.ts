import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { danishDay, inWorkingDays, longDate } from '../../law';
import { Clock } from '../../platform/clock';
import { Settings } from '../../platform/settings';
import { AccessRequest } from '../../requests/request.entity';

/** Staff are told when no more working days than these are left. */
const WARN_DAYS = 2;

interface Waiting {
  id: string;
  position: number;
  request_id: string;
  due_on: string;
  warned_at: Date | null;
}

/** Complaints that the municipality must have dealt with soon. */
@Injectable()
export class ComplaintWatch {
  constructor(
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** Warns once of each that is near its deadline. Returns how many are past it. */
  async tick(entities: EntityManager): Promise<number> {
    const today = danishDay(this.clock.now());
    const waiting: Waiting[] = await entities.query(WAITING, [this.soon(today)]);
    for (const each of waiting.filter(({ warned_at }) => warned_at === null)) await this.warn(entities, each, today);
    return waiting.filter(({ due_on }) => due_on < today).length;
  }

  private async warn(entities: EntityManager, waiting: Waiting, today: string): Promise<void> {
    const { id, position, request_id: requestId, due_on: dueOn } = waiting;
    const words = dueOn < today ? 'skulle være behandlet' : 'skal være behandlet';
    const attention = `Klage ${position} ${words} senest ${longDate(dueOn)}: se på svaret igen, og send klagen videre, hvis I fastholder det.`;
    await entities.query('update complaint set warned_at = $2 where id = $1', [id, this.clock.now()]);
    await entities.update(AccessRequest, { id: requestId, attention: IsNull() }, { attention });
  }

  private soon(today: string): string {
    return inWorkingDays(today, WARN_DAYS)[this.settings.SOFT_HOLIDAYS];
  }
}

const WAITING = `select id, position, request_id, due_on::text, warned_at from complaint
  where state in ('received', 'upheld') and due_on <= $1::date order by due_on, id`;
