-- Incidents: a breach of personal data security from the moment it was noticed to the day it is closed (GDPR articles 33, 34),
-- and what answers "who got which page".

-- Where a file stands in what was sent: written when the answer is approved, and kept when the working copies are deleted.
create table package_place (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  decision_id uuid not null references decision,
  document_id uuid not null references document,
  file_id uuid not null references file,
  source_id uuid not null references source,
  source_document_id text not null,
  -- Of the file as it was fetched.
  sha256 text,
  -- From 1; null for a sound or a film, which lies beside the package.
  first_page int check (first_page >= 1),
  pages int not null,
  unique (decision_id, file_id)
);
create index on package_place (authority_id, sha256);
create index on package_place (authority_id, source_id, source_document_id);
create index on package_place (request_id);
create index on package_file (authority_id, sha256);
create index on delivery_message (authority_id, content_sha256);
create index on delivery (authority_id, recipient_ref);
create index on party (authority_id, identity_hmac);

insert into package_place (authority_id, request_id, decision_id, document_id, file_id, source_id, source_document_id, sha256, first_page, pages)
select e.authority_id, e.request_id, e.id, d.id, f.id, s.source_id, d.source_document_id, f.sha256,
  case when f.redacted_key is not null then 1 + coalesce(sum(case when f.redacted_key is null then 0 else f.pages end)
    over (partition by e.id order by d.position, d.id, f.position, f.id rows between unbounded preceding and 1 preceding), 0) end,
  case when f.redacted_key is null then 0 else coalesce(f.pages, 0) end
from decision e join document d on d.request_id = e.request_id and d.outcome in ('full', 'partial')
join records_case c on c.id = d.records_case_id and c.existence <> 'protected' join source_run s on s.id = c.source_run_id
join file f on f.document_id = d.id left join recording g on g.file_id = f.id
where e.state = 'signed' and (f.redacted_key is not null or g.given_key is not null);

create table incident (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  number int not null,
  cause text not null check (cause in ('wrong-recipient', 'misfiled', 'not-redacted', 'other')),
  what_sealed bytea not null,
  noticed_by_sealed bytea not null,
  noticed_at timestamptz not null,
  -- 72 hours after it was noticed.
  due_at timestamptz not null,
  -- The request that it was found in; others join with the deliveries.
  request_id uuid references request,
  breach_id uuid unique references breach_assessment,
  opened_by uuid not null references staff,
  opened_at timestamptz not null,
  severity text check (severity in ('low', 'medium', 'high')),
  persons int check (persons >= 0),
  records int check (records >= 0),
  kinds text[] not null default '{}',
  -- Datatilsynet: told, or why not.
  notification text check (notification in ('notified', 'not_notified')),
  notified_at timestamptz,
  receipt_number text,
  notification_reason_sealed bytea,
  notification_by uuid references staff,
  -- Those concerned: told by letter, or why not.
  informing text check (informing in ('informed', 'not_informed')),
  informing_reason_sealed bytea,
  informing_by uuid references staff,
  state text not null default 'open' check (state in ('open', 'closed')),
  conclusion_sealed bytea,
  closed_by uuid references staff,
  closed_at timestamptz,
  unique (authority_id, number),
  check (notification is distinct from 'notified' or (notified_at is not null and receipt_number is not null)),
  check (notification is distinct from 'not_notified' or notification_reason_sealed is not null),
  check (informing is distinct from 'not_informed' or informing_reason_sealed is not null),
  -- Closed is what the law lets be closed, whatever a page says.
  check (state = 'open' or (severity is not null and notification is not null and informing is not null
    and conclusion_sealed is not null and closed_by is not null and closed_at is not null))
);
create index on incident (authority_id, state, due_at);

create table incident_delivery (
  incident_id uuid not null references incident,
  delivery_id uuid not null references delivery,
  authority_id uuid not null references authority,
  -- In the package, from 1; empty: the whole of it.
  pages int[] not null default '{}',
  added_by uuid not null references staff,
  added_at timestamptz not null,
  primary key (incident_id, delivery_id)
);
create index on incident_delivery (delivery_id);

-- What Datatilsynet is told; each saving is a version of its own.
create table incident_text (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  incident_id uuid not null references incident,
  version int not null check (version >= 1),
  content_sealed bytea not null,
  written_by uuid not null references staff,
  written_at timestamptz not null,
  unique (incident_id, version)
);

create table incident_comment (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  incident_id uuid not null references incident,
  words_sealed bytea not null,
  written_by uuid not null references staff,
  written_at timestamptz not null
);
create index on incident_comment (incident_id, written_at);

-- A letter to one who got too much, or to one whose data others got. One message, stored before it is sent.
create table incident_letter (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  incident_id uuid not null references incident,
  position int not null check (position >= 1),
  kind text not null check (kind in ('recipient', 'concerned')),
  request_id uuid not null references request,
  delivery_id uuid references delivery,
  person_ref_id uuid not null references person_ref,
  mandate_id uuid references mandate,
  text_sealed bytea not null,
  written_by uuid not null references staff,
  written_at timestamptz not null,
  approved_by uuid references staff,
  approved_at timestamptz,
  state text not null check (state in ('draft', 'dropped', 'queued', 'prepared', 'unknown', 'submitted', 'received', 'delivered',
    'failed', 'not_registered', 'handed_over')),
  message_uuid uuid not null unique,
  letter_key text,
  letter_sha256 text,
  letter_size bigint,
  content_key text,
  content_sha256 text,
  content_size bigint,
  attempts int not null default 0,
  transmission_id text,
  answer text,
  error_text text,
  submitted_at timestamptz,
  delivered_at timestamptz,
  unique (incident_id, position),
  check (kind = 'concerned' or delivery_id is not null),
  check (state in ('draft', 'dropped') or approved_by is not null),
  check (state in ('draft', 'dropped', 'queued', 'failed', 'not_registered', 'handed_over') or content_sha256 is not null)
);
create index on incident_letter (request_id);

do $$
declare t text;
begin
  foreach t in array array['package_place', 'incident', 'incident_delivery', 'incident_text', 'incident_comment', 'incident_letter'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_authority on %I using (authority_id = current_authority()) with check (authority_id = current_authority())', t);
  end loop;
end $$;
grant select, insert, update on incident, incident_delivery, incident_letter to aktindsigt_program;
-- A version, a comment and a place never change.
grant select, insert on package_place, incident_text, incident_comment to aktindsigt_program;

alter table journal_entry add column incident_letter_id uuid references incident_letter;
alter table journal_entry drop constraint journal_entry_kind_check;
alter table journal_entry add constraint journal_entry_kind_check
  check (kind in ('request', 'late-notice', 'decision', 'package', 'incident-letter'));

-- Whose a receipt is; a letter of an incident is a message too.
create or replace function authority_id_by_message(wanted uuid) returns uuid language sql stable security definer set search_path = public
  as $$ select authority_id from delivery_message where message_uuid = wanted
        union all select authority_id from late_notice where message_uuid = wanted
        union all select authority_id from incident_letter where message_uuid = wanted limit 1 $$;
