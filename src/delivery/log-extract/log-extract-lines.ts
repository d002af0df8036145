import type { EntityManager } from 'typeorm';
import type { StaffRole } from '../../identity/staff.entity';

/** A line of the extract: what was done, when and in which capacity. Who it was by name is not in it. */
export interface ExtractLine {
  /** Of the first entry that the line stands for. */
  entryId: string;
  from: Date;
  to: Date;
  times: number;
  who: 'citizen' | 'program' | StaffRole;
  action: string;
  reason: string;
}

export interface ExtractScope {
  personRefId: string;
  periodFrom: string;
  periodTo: string;
  lastEntryId: string;
}

interface EntryRow {
  id: string;
  at: Date;
  actor_kind: 'citizen' | 'staff' | 'system';
  actor_id: string | null;
  roles: StaffRole[] | null;
  action: string;
  reason: string;
}

const READING = 'vault.read';

/**
 * Everything that the log holds about a citizen in a period, oldest first; readings by one employee with nothing between
 * them are one line. Left out, and not counted either: what would tell of a case whose existence is protected, and what
 * the program reads by itself while it works.
 */
export async function extractLines(entities: EntityManager, scope: ExtractScope): Promise<ExtractLine[]> {
  const { personRefId, periodFrom, periodTo, lastEntryId } = scope;
  const rows: EntryRow[] = await entities.query(ENTRIES, [personRefId, periodFrom, periodTo, lastEntryId]);
  const lines: (ExtractLine & { actorId: string | null })[] = [];
  for (const row of rows) {
    const last = lines.at(-1);
    if (row.action === READING && last?.action === READING && last.actorId === row.actor_id) {
      last.times += 1;
      last.to = row.at;
    } else {
      const { id: entryId, at, action, reason, actor_id: actorId } = row;
      lines.push({ entryId, from: at, to: at, times: 1, who: whoOf(row), action, reason, actorId });
    }
  }
  return lines.map(({ entryId, from, to, times, who, action, reason }) => ({
    entryId,
    from,
    to,
    times,
    who,
    action,
    reason,
  }));
}

function whoOf({ actor_kind: kind, roles }: EntryRow): ExtractLine['who'] {
  if (kind === 'citizen') return 'citizen';
  return kind === 'system' ? 'program' : (roles?.[0] ?? 'sagsbehandler');
}

const ENTRIES = `
  with own as (select id from request where person_ref_id = $1),
  hidden as (
    select d.id::text as id, d.id as document_id from document d join records_case c on c.id = d.records_case_id
      where d.request_id in (select id from own) and c.existence <> 'open'),
  concealed as (
    select id from hidden
    union all select f.id::text from file f join hidden h on h.document_id = f.document_id
    union all select p.id::text from page p join file f on f.id = p.file_id join hidden h on h.document_id = f.document_id
    union all select c.id::text from records_case c where c.request_id in (select id from own) and c.existence <> 'open')
  select e.id, e.at, e.actor_kind, e.actor_id, s.roles, e.action, e.reason
  from audit_entry e left join staff s on e.actor_kind = 'staff' and s.id = e.actor_id
  where (e.request_id in (select id from own)
      or (e.actor_kind = 'citizen' and e.actor_id = $1)
      or (e.subject_kind in ('person', 'person_ref') and e.subject_id = $1::text))
    and e.id <= $4::bigint
    and e.at >= ($2::date)::timestamp at time zone 'Europe/Copenhagen'
    and e.at < ($3::date + 1)::timestamp at time zone 'Europe/Copenhagen'
    and not (e.actor_kind = 'system' and e.action = 'vault.read')
    and e.action not in ('case.protect', 'case.open') and e.action not like 'breach.%' and e.action not like 'incident.%'
    and not exists (select 1 from concealed c where c.id = e.subject_id)
  order by e.id`;
