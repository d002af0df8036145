-- A late notice: the individual letter that says why the answer is not there in time, and when it comes (OFL § 36, stk. 2,
-- FVL § 16, stk. 2). One message, its UUID and exact bytes stored before it is sent, like every other.

create table late_notice (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  position int not null check (position >= 1),
  reason_sealed bytea not null,
  due_on date not null,
  expected_on date not null,
  written_by uuid not null references staff,
  written_at timestamptz not null,
  state text not null check (state in
    ('queued', 'prepared', 'unknown', 'submitted', 'received', 'delivered', 'failed', 'not_registered', 'handed_over')),
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
  unique (request_id, position),
  check (state = 'queued' or state = 'not_registered' or state = 'failed' or content_sha256 is not null or state = 'handed_over')
);
alter table late_notice enable row level security;
create policy own_authority on late_notice using (authority_id = current_authority()) with check (authority_id = current_authority());
grant select, insert, update on late_notice to aktindsigt_program;

alter table journal_entry add column late_notice_id uuid references late_notice;
alter table journal_entry drop constraint journal_entry_kind_check;
alter table journal_entry add constraint journal_entry_kind_check check (kind in ('request', 'late-notice', 'decision', 'package'));

-- Whose a receipt is; a late notice is a message too.
create or replace function authority_id_by_message(wanted uuid) returns uuid language sql stable security definer set search_path = public
  as $$ select authority_id from delivery_message where message_uuid = wanted
        union all select authority_id from late_notice where message_uuid = wanted limit 1 $$;
