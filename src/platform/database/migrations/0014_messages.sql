-- A delivery is one or several numbered messages, each with its own UUID and exact bytes, all stored before the first is
-- sent. It waits for the end of the undo window, and may be taken back until then.

-- Who receives when it is not the citizen: a lawyer with a mandate, in the mailbox of the firm.
create table mandate (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  request_id uuid not null references request,
  cvr text not null check (cvr ~ '^[0-9]{8}$'),
  name_sealed bytea not null,
  valid_until date,
  -- The mandate itself, as it was shown to the employee.
  document_key text not null,
  document_sha256 text not null,
  document_media_type text not null,
  set_by uuid not null references staff,
  set_at timestamptz not null,
  revoked_by uuid references staff,
  revoked_at timestamptz
);
create unique index on mandate (request_id) where revoked_at is null;

alter table delivery drop constraint delivery_channel_check;
alter table delivery add constraint delivery_channel_check check (channel in ('digital-post', 'letter', 'manual'));
alter table delivery drop constraint delivery_state_check;
alter table delivery add constraint delivery_state_check check (state in
  ('queued', 'prepared', 'unknown', 'submitted', 'received', 'delivered', 'failed', 'not_registered', 'held', 'undone'));
-- What was undone stays as a row; the decision can be signed again.
alter table delivery drop constraint delivery_decision_id_key;
create unique index delivery_of_decision on delivery (decision_id) where state <> 'undone';
-- Until then "Fortryd" is possible; null: nothing waits.
alter table delivery add column send_after timestamptz;
-- From here it cannot be undone.
alter table delivery add column released_at timestamptz;
-- Digital Post asked to be left alone until then.
alter table delivery add column resend_after timestamptz;
alter table delivery add column undone_by uuid references staff;
alter table delivery add column undone_at timestamptz;
-- Whom the approver approved as recipient; compared again at the moment of sending.
alter table delivery add column recipient_ref uuid references person_ref;
alter table delivery add column mandate_id uuid references mandate;
update delivery d set recipient_ref = r.person_ref_id from request r where r.id = d.request_id;
alter table delivery alter column recipient_ref set not null;

create table delivery_message (
  id uuid primary key default gen_random_uuid(),
  authority_id uuid not null references authority,
  delivery_id uuid not null references delivery,
  channel text not null check (channel in ('digital-post', 'letter')),
  part int not null check (part >= 1),
  parts int not null check (parts >= part),
  -- The package's files in it, by id, in their order.
  file_ids uuid[] not null,
  state text not null check (state in ('planned', 'prepared', 'unknown', 'submitted', 'received', 'delivered', 'failed', 'replaced')),
  message_uuid uuid not null unique,
  content_key text,
  content_sha256 text,
  content_size bigint,
  attempts int not null default 0,
  last_attempt_at timestamptz,
  transmission_id text,
  answer text,
  error_text text,
  submitted_at timestamptz,
  delivered_at timestamptz,
  receipt_due_at timestamptz,
  unique (delivery_id, channel, part),
  -- Nothing is sent before it is stored.
  check (state = 'planned' or content_key is not null)
);

-- A delivery that had not been sent has no bytes and is planned anew.
insert into delivery_message (authority_id, delivery_id, channel, part, parts, file_ids, state, message_uuid, content_key,
  content_sha256, content_size, attempts, transmission_id, answer, error_text, submitted_at, delivered_at, receipt_due_at)
select d.authority_id, d.id, 'digital-post', 1, 1,
  array(select f.id from package_file f where f.decision_id = d.decision_id and f.media_type = 'application/pdf' order by f.position),
  case when d.state in ('queued', 'not_registered') then 'prepared' else d.state end, d.message_uuid, d.memo_key,
  d.memo_sha256, d.memo_size, d.attempts, d.transmission_id, d.answer, d.error_text, d.submitted_at,
  case when d.channel = 'manual' then null else d.delivered_at end, d.receipt_due_at
from delivery d where d.memo_key is not null;

alter table delivery drop column message_uuid;
alter table delivery drop column memo_key;
alter table delivery drop column memo_sha256;
alter table delivery drop column memo_size;
alter table delivery drop column attempts;
alter table delivery drop column transmission_id;
alter table delivery drop column answer;

-- Receipts of print, and receipts for messages that nobody here sent, are kept too. Where they came in: fetched or pushed.
alter table receipt add column message_id uuid references delivery_message;
alter table receipt add column came_by text not null default 'pull' check (came_by in ('pull', 'push'));
update receipt r set message_id = m.id from delivery_message m where m.message_uuid = r.message_uuid;
create index on receipt (message_uuid);

do $$
declare t text;
begin
  foreach t in array array['mandate', 'delivery_message'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_authority on %I using (authority_id = current_authority()) with check (authority_id = current_authority())', t);
  end loop;
end $$;
grant select, insert, update on mandate, delivery_message to aktindsigt_program;

-- Whose a receipt is; shows an id, nothing else.
create function authority_id_by_message(wanted uuid) returns uuid language sql stable security definer set search_path = public
  as $$ select authority_id from delivery_message where message_uuid = wanted $$;
revoke all on function authority_id_by_message(uuid) from public;
grant execute on function authority_id_by_message(uuid) to aktindsigt_program;
