import { Injectable, Logger } from '@nestjs/common';
import { In, IsNull, type EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock';
import { AccessRequest } from '../../requests/request.entity';

/** So long before the 72 hours are over it is said everywhere: a working day's evening is left to act in. */
const WARNING_HOURS = 24;
const HOUR_MS = 3_600_000;

export interface RunningOut {
  /** Fewer than 24 hours left. */
  soon: number;
  /** The 72 hours are over, and Datatilsynet was neither told nor was it said why not. */
  late: number;
}

/** The 72 hours of GDPR article 33: of incidents, and of assessments that became none. */
@Injectable()
export class IncidentWatch {
  private readonly logger = new Logger('Incidents');

  constructor(private readonly clock: Clock) {}

  async runningOut(entities: EntityManager): Promise<RunningOut> {
    const rows = await this.rows(entities);
    const late = rows.filter(({ due_at: due }) => due <= this.clock.now()).length;
    return { late, soon: rows.length - late };
  }

  /** In the operator's log, and with the requests, for whoever opens one first. */
  async warn(entities: EntityManager): Promise<void> {
    const rows = await this.rows(entities);
    if (rows.length === 0) return;
    const { late, soon } = await this.runningOut(entities);
    this.logger.warn(
      `The 72 hours for telling Datatilsynet of a breach are over for ${late} and end within ${WARNING_HOURS} hours for ${soon}. A records officer must act at /arkiv/haendelser.`,
    );
    const requests = rows.flatMap(({ request_id: id }) => id ?? []);
    await entities.update(AccessRequest, { id: In(requests), attention: IsNull() }, { attention: ATTENTION });
  }

  private rows(entities: EntityManager): Promise<{ request_id: string | null; due_at: Date }[]> {
    return entities.query(
      `select i.request_id, i.due_at from incident i where i.state = 'open' and i.notification is null and i.due_at < $1
       union all select b.request_id, b.due_at from breach_assessment b where b.state = 'open' and b.due_at < $1
         and not exists (select 1 from incident i where i.breach_id = b.id)`,
      [new Date(this.clock.now().getTime() + WARNING_HOURS * HOUR_MS)],
    );
  }
}

const ATTENTION =
  'Fristen på 72 timer for at anmelde et brud på persondatasikkerheden er ved at udløbe eller overskredet. Arkivet skal tage stilling på siden om hændelser.';

/** The matter of the 72 hours is settled: what was said about it with the requests is said no more. */
export async function endWarning(entities: EntityManager): Promise<void> {
  await entities.update(AccessRequest, { attention: ATTENTION }, { attention: null });
}
