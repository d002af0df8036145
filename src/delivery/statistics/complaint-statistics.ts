import type { EntityManager } from 'typeorm';
import type { Period } from './statistics';

/** Complaints that came in a period, at one body each, by what they are about. */
export interface ComplaintsAbout {
  about: string;
  received: number;
  open: number;
  upheld: number;
  changed: number;
  remitted: number;
  rejected: number;
  withdrawn: number;
  /** Of those that the municipality has dealt with or should have: in time. */
  dealtWith: number;
  inTime: number;
}

/** A complaint that belongs to two bodies counts twice, since each has its own outcome. */
export function complaintsIn(entities: EntityManager, { from, to }: Period, today: string): Promise<ComplaintsAbout[]> {
  return entities.query(COMPLAINTS, [from, to, today]);
}

const COMPLAINTS = `select about, count(*)::int as received,
    count(*) filter (where outcome is null)::int as open,
    count(*) filter (where outcome = 'upheld')::int as upheld,
    count(*) filter (where outcome = 'changed')::int as changed,
    count(*) filter (where outcome = 'remitted')::int as remitted,
    count(*) filter (where outcome = 'rejected')::int as rejected,
    count(*) filter (where outcome = 'withdrawn')::int as withdrawn,
    count(*) filter (where handled_on is not null or (outcome is null and due_on < $3::date))::int as "dealtWith",
    count(*) filter (where handled_on <= due_on)::int as "inTime"
  from (select c.*, coalesce(forwarded_on, case when outcome_by = 'municipality' then outcome_on end) as handled_on
        from complaint c) counted
  where received_on between $1::date and $2::date group by about order by count(*) desc, about`;
