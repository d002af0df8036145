import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';

/** Why a request's working copies stay, as the plan says it. */
export type Reason =
  | 'not-answered'
  | 'too-young'
  | 'not-journalised'
  | 'held-complaint'
  | 'held-supervision'
  | 'held-ombudsman'
  | 'held-court'
  | 'held-breach';

export interface PlannedRequest {
  requestId: string;
  number: string;
  state: string;
  /** When the citizen last got something, or withdrew; null while it is open. */
  endedAt: Date | null;
  /** Empty: the working copies go. */
  staysBecause: Reason[];
}

interface Row {
  id: string;
  number: string;
  state: string;
  ended_at: Date | null;
  is_open_journal: boolean;
  is_open_breach: boolean;
  is_open_complaint: boolean;
  holds: string[];
}

const ENDED = ['delivered', 'withdrawn'];

/**
 * Every request whose working copies are still there, with why they stay. They go when the last delivery is older than
 * `before`, the journal has confirmed every entry, and neither a complaint, supervision, the ombudsman, a court nor a breach
 * holds them.
 */
export async function planRetention(entities: EntityManager, before: Date, only?: string): Promise<PlannedRequest[]> {
  const rows: Row[] = await entities.query(
    `select r.id, r.number, r.state,
       case when r.state = 'delivered' then (select max(coalesce(v.delivered_at, v.submitted_at)) from delivery v where v.request_id = r.id)
            when r.state = 'withdrawn' then (select max(e.at) from request_event e where e.request_id = r.id) end as ended_at,
       exists (select 1 from journal_entry j where j.request_id = r.id and j.state <> 'journalised') as is_open_journal,
       (exists (select 1 from breach_assessment b where b.request_id = r.id and b.state = 'open')
         or exists (select 1 from incident i where i.state = 'open' and (i.request_id = r.id or i.id in
           (select n.incident_id from incident_delivery n join delivery v on v.id = n.delivery_id where v.request_id = r.id)))) as is_open_breach,
       exists (select 1 from complaint k where k.request_id = r.id and k.state <> 'closed') as is_open_complaint,
       array(select distinct h.cause from retention_hold h where h.request_id = r.id and h.lifted_at is null) as holds
     from request r where r.deleted_at is null and ($1::uuid is null or r.id = $1) order by r.number collate "C"`,
    [only ?? null],
  );
  return rows.map((row) => ({
    requestId: row.id,
    number: row.number,
    state: row.state,
    endedAt: row.ended_at,
    staysBecause: reasons(row, before),
  }));
}

function reasons(row: Row, before: Date): Reason[] {
  const held = new Set([
    ...row.holds,
    ...(row.is_open_breach ? ['breach'] : []),
    ...(row.is_open_complaint ? ['complaint'] : []),
  ]);
  const isEnded = ENDED.includes(row.state) && row.ended_at !== null;
  return [
    ...(isEnded ? [] : (['not-answered'] as const)),
    ...(isEnded && (row.ended_at as Date) >= before ? (['too-young'] as const) : []),
    ...(row.is_open_journal ? (['not-journalised'] as const) : []),
    ...[...held].sort().map((cause) => `held-${cause}` as Reason),
  ];
}

/** Of which requests go and what each loses: the plan that is run must be the plan that was shown. */
export function planHash(items: { requestId: string; staysBecause: readonly string[]; contents: number }[]): string {
  const lines = items.map(
    ({ requestId, staysBecause, contents }) => `${requestId} ${staysBecause.join(',')} ${contents}`,
  );
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}
